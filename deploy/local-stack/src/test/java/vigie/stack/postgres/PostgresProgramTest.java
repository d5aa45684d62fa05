// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresProgramTest {

  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path parent;

  @Test
  void nothingIsWrittenOutsideTheFolder() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("program"));
    for (String outside : List.of("..", "lib/../..", parent.toString())) {
      TarArchiveInputStream tar = tar("lib", outside, "lib/written");
      assertThrows(IOException.class, () -> PostgresProgram.unpack(tar, folder), outside);
    }
    TarArchiveInputStream named = tar("lib", "share", "../written");
    assertThrows(IOException.class, () -> PostgresProgram.unpack(named, folder));
    assertFalse(Files.exists(parent.resolve("written")));
  }

  @Test
  void aLinkInsideTheFolderIsOne() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("program"));
    PostgresProgram.unpack(tar("lib/libpq.so", "../bin/libpq.so.5", "bin/libpq.so.5"), folder);
    assertEquals("content", Files.readString(folder.resolve("lib/libpq.so")));
  }

  private static TarArchiveInputStream tar(String link, String target, String file)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry symbolic = new TarArchiveEntry(link, TarConstants.LF_SYMLINK);
      symbolic.setLinkName(target);
      tar.putArchiveEntry(symbolic);
      tar.closeArchiveEntry();
      TarArchiveEntry written = new TarArchiveEntry(file);
      written.setSize(CONTENT.length);
      tar.putArchiveEntry(written);
      tar.write(CONTENT);
      tar.closeArchiveEntry();
    }
    return new TarArchiveInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }
}
