// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.stack.workspace.StackException;

class SecretFileTest {

  @TempDir private Path folder;

  @Test
  void aSecretIsMadeOnceForItsOwner() throws IOException {
    Path file = folder.resolve("keys/password");

    String secret = SecretFile.readOrMake(file);

    assertTrue(secret.matches("[0-9a-f]{32}"), secret);
    assertEquals(secret, SecretFile.readOrMake(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
  }

  /** Redis admits users with an empty password without any. */
  @ParameterizedTest
  @ValueSource(strings = {"", "0123456789abcdef", "0123456789abcdef0123456789abcdef\n"})
  void aSecretThatIsCutOffIsNoPassword(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), content);

    String line =
        assertThrows(StackException.class, () -> SecretFile.readOrMake(file)).getMessage();

    assertTrue(line.startsWith(file + " holds no whole password"), line);
  }

  /** A link that another name has to the file is to the old content: the file was not opened. */
  @Test
  void aFileIsReplacedAsAWhole() throws IOException {
    Path file = folder.resolve("users.acl");
    SecretFile.write(file, "old");
    Path old = Files.createLink(folder.resolve("old"), file);

    SecretFile.write(file, "new");

    assertEquals("old", Files.readString(old));
    assertEquals("new", Files.readString(file));
  }
}
