// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class JvmCommandTest {

  @Test
  void everyChildEndsOnAnOutOfMemoryError() {
    assertTrue(
        JvmCommand.command("64m", JitMode.QUICK, List.of(), List.of())
            .contains("-XX:+ExitOnOutOfMemoryError"));
  }
}
