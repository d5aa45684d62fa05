// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces a small file as a whole. After a kill, a full disk or a power cut the file has the old
 * content or the new one, and never a part of it. Only its owner can read it at any time.
 */
public final class AtomicFile {

  private AtomicFile() {}

  public static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    // Such a file has the permissions rw-------.
    Path beside = Files.createTempFile(file.getParent(), file.getFileName().toString(), null);
    try {
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
