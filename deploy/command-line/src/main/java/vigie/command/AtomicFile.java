// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Writes a small file as a whole. After a kill, a full disk or a power cut the file has the old
 * content, if there was one, or the new one, and never a part of it.
 */
public final class AtomicFile {

  private static final String OWNER_ONLY = "rw-------";

  private AtomicFile() {}

  /** Gives the complete file its name. */
  @FunctionalInterface
  private interface Naming {
    void name(Path beside) throws IOException;
  }

  /** Replaces the file. Only its owner can read it at any time. */
  public static void write(Path file, String content) throws IOException {
    write(
        file,
        content,
        OWNER_ONLY,
        beside -> Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE));
  }

  /**
   * Writes a file unless it exists: of processes that write it at the same time, one succeeds.
   *
   * @param permissions such as {@code rw-r--r--}
   */
  public static void createIfAbsent(Path file, String content, String permissions)
      throws IOException {
    try {
      write(file, content, permissions, beside -> Files.createLink(file, beside));
    } catch (FileAlreadyExistsException e) {
      // Another process was first.
    }
  }

  private static void write(Path file, String content, String permissions, Naming naming)
      throws IOException {
    Files.createDirectories(file.getParent());
    Path beside =
        Files.createTempFile(
            file.getParent(),
            file.getFileName().toString(),
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    try {
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      naming.name(beside);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
