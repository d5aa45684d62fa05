// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneTimeSetupTest {

  @TempDir private Path root;
  private Path folder;
  private int preparations;

  @BeforeEach
  void name() {
    folder = root.resolve("data/kafka");
  }

  @Test
  void aFolderIsPreparedOnce() throws IOException {
    assertFalse(OneTimeSetup.isAnyDone(folder.getParent()));

    OneTimeSetup.of(folder, this::prepare);
    OneTimeSetup.of(folder, this::prepare);

    assertEquals(1, preparations);
    assertTrue(OneTimeSetup.isAnyDone(folder.getParent()));
  }

  @Test
  void aPreparationThatWasCutOffStartsOverInAnEmptyFolder() {
    assertThrows(
        IllegalStateException.class,
        () ->
            OneTimeSetup.of(
                folder,
                () -> {
                  prepare();
                  throw new IllegalStateException("cut off");
                }));

    OneTimeSetup.of(
        folder,
        () -> {
          assertFalse(Files.exists(folder.resolve("meta.properties")));
          prepare();
        });

    assertEquals(2, preparations);
  }

  /** A copy by {@code cp -r backup/*} lacks the marker, whose name begins with a dot. */
  @Test
  void aRestoredBackupIsNotDeleted() throws IOException {
    Files.createDirectories(folder);
    Path segment = Files.writeString(folder.resolve("00000000000000000000.log"), "results");

    String line =
        assertThrows(StackException.class, () -> OneTimeSetup.of(folder, this::prepare))
            .getMessage();

    assertTrue(line.startsWith(folder + " has files, but no .prepared"), line);
    assertEquals("results", Files.readString(segment));
    assertEquals(0, preparations);
  }

  private void prepare() {
    preparations++;
    try {
      Files.writeString(folder.resolve("meta.properties"), "id=1");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
