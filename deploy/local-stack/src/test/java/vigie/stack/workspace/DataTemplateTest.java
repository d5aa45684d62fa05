// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataTemplateTest {

  @TempDir private Path root;

  @Test
  void aCopyHasTheFilesAndRightsOfWhatWasStored() throws Exception {
    DataTemplate template =
        new DataTemplate(new StackFolder(root, root.resolve("templates")), "t-1");
    Path prepared = Files.createDirectories(root.resolve("prepared/inner")).getParent();
    Files.writeString(prepared.resolve("inner/file"), "id=1\nother=2\n");
    Files.setPosixFilePermissions(prepared, PosixFilePermissions.fromString("rwx------"));
    Path copy = root.resolve("copy");

    assertFalse(template.copiedTo(copy));
    template.store(prepared);
    template.store(prepared);
    assertTrue(template.copiedTo(copy));

    assertEquals("id=1\nother=2\n", Files.readString(copy.resolve("inner/file")));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
  }

  @Test
  void anIdOfACopyIsReplaced() throws Exception {
    Path file = Files.writeString(root.resolve("ids"), "a.id=1\nid=1\n");

    DataTemplate.set(file, "id", "$2");

    assertEquals("a.id=1\nid=$2\n", Files.readString(file));
    assertThrows(StackException.class, () -> DataTemplate.set(file, "none", "1"));
  }
}
