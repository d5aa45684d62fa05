// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import vigie.command.AtomicFile;
import vigie.stack.workspace.StackException;

/** Passwords, made at random for a data folder, in files that only their owner can read. */
public final class SecretFile {

  private static final int BYTES = 16;
  private static final Pattern WHOLE = Pattern.compile("[0-9a-f]{%d}".formatted(2 * BYTES));

  private SecretFile() {}

  public static String readOrMake(Path file) {
    try {
      if (!Files.exists(file)) {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        write(file, HexFormat.of().formatHex(random));
      }
      String secret = Files.readString(file);
      if (!WHOLE.matcher(secret).matches()) {
        throw new StackException(
            "%s holds no whole password, perhaps after a full disk: restore it, or move it away for a new one"
                .formatted(file));
      }
      return secret;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces any older file as a whole; no other user can read it at any time. */
  public static void write(Path file, String content) {
    try {
      AtomicFile.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
