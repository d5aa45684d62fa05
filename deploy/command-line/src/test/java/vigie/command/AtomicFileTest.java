// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir private Path folder;

  @AfterEach
  void nothingIsLeftBesideIt() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("kept"))) {
      assertEquals(List.of(file()), files.toList());
    }
  }

  @Test
  void aFileIsReplacedAndOnlyItsOwnerReadsIt() throws IOException {
    AtomicFile.write(file(), "old");
    AtomicFile.write(file(), "new");
    assertEquals("new", Files.readString(file()));
    assertEquals("rw-------", permissions());
  }

  @Test
  void theFirstCreatorCounts() throws IOException {
    AtomicFile.createIfAbsent(file(), "first", "rw-r--r--");
    AtomicFile.createIfAbsent(file(), "second", "rw-------");
    assertEquals("first", Files.readString(file()));
    assertEquals("rw-r--r--", permissions());
  }

  @Test
  void aFailedWriteLeavesNothing() throws IOException {
    Files.createDirectories(file().resolve("not empty"));
    assertThrows(IOException.class, () -> AtomicFile.write(file(), "new"));
  }

  private Path file() {
    return folder.resolve("kept/file");
  }

  private String permissions() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file()));
  }
}
