// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

/**
 * The file that says which process runs the stack of a folder. That process locks the file while it
 * lives, so that a file left behind by a killed process does not mislead a later command.
 */
final class PidFile implements AutoCloseable {

  private final Path path;
  private final FileChannel file;

  private PidFile(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  static PidFile set(StackFolder folder) throws IOException {
    Path path = folder.root().resolve("up.pid");
    Files.createDirectories(folder.root());
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = file.tryLock();
    if (lock == null) {
      String pid = Files.readString(path).strip();
      file.close();
      throw new StackException(
          "Vigie already runs here as process " + pid + "; deploy/down stops it");
    }
    file.truncate(0);
    file.write(
        ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
    file.force(true);
    return new PidFile(path, file);
  }

  @Override
  public void close() {
    try {
      Files.delete(path);
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
