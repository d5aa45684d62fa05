// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {

  private static final Duration SHARE = Duration.ofMillis(200);

  @Test
  void workOfThisProcessIsItsOwn() {
    ProcessorTime before = ProcessorTime.now();
    while (ProcessorTime.now().since(before).own().compareTo(SHARE) < 0) {
      Thread.onSpinWait();
    }
    assertTrue(ProcessorTime.now().since(before).children().compareTo(SHARE) < 0);
  }

  @Test
  void workOfAChildThatHasEndedIsTheChildrens() throws Exception {
    ProcessorTime before = ProcessorTime.now();
    Process busy =
        new ProcessBuilder("bash", "-c", "for ((i = 0; i < 200000; i++)); do :; done").start();
    assertEquals(0, busy.waitFor());
    assertTrue(ProcessorTime.now().since(before).children().toMillis() > 0);
  }
}
