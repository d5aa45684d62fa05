// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vigie.stack.workspace.StackException;

class ServiceFormTest {

  private final String before = System.getProperty(ServiceForm.NATIVE);

  @BeforeEach
  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(ServiceForm.NATIVE);
    } else {
      System.setProperty(ServiceForm.NATIVE, before);
    }
  }

  /** As {@code -Dvigie.native} alone, without a value, sets it. */
  @Test
  void imagesAreAskedForByAPropertyWhereTheyExist() {
    System.setProperty(ServiceForm.NATIVE, "");
    assertEquals(ServiceForm.IMAGE, ServiceForm.of("ingest-service"));
    assertEquals(ServiceForm.JVM, ServiceForm.of("archive-service"));
    System.setProperty(ServiceForm.NATIVE, "false");
    assertEquals(ServiceForm.JVM, ServiceForm.of("ingest-service"));
  }

  @Test
  void anImageThatIsNotBuiltSaysHowToBuildIt() {
    StackException missing =
        assertThrows(
            StackException.class, () -> ServiceForm.IMAGE.command("no-service", JitMode.FULL));
    assertTrue(missing.getMessage().contains("-Dnative -DskipTests"), missing::getMessage);
  }
}
