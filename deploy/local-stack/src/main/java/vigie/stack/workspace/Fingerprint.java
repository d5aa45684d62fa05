// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.workspace;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A short name of what something was made from; other files, versions or flags give another. */
public final class Fingerprint {

  private static final int DIGITS = 16;

  private final MessageDigest digest;

  private Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Fingerprint of(String... facts) {
    return new Fingerprint().and(List.of(facts));
  }

  public Fingerprint and(List<String> facts) {
    for (String fact : facts) {
      digest.update(fact.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return this;
  }

  /** The files of a class path, as the JVM knows them again: by path, size and time. */
  public Fingerprint andClassPath(String classPath) {
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      andFile(Path.of(entry));
    }
    return this;
  }

  public Fingerprint andFile(Path file) {
    try {
      String size = Long.toString(Files.size(file));
      return and(List.of(file.toString(), size, Files.getLastModifiedTime(file).toString()));
    } catch (IOException e) {
      throw new StackException(file + " cannot be read; build again: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }
}
