// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ThreadCostsTest {

  private static final Pattern COMPILER = Pattern.compile("C[12] .*");

  @Test
  void namesAreReadWhole() {
    ThreadCosts costs =
        ThreadCosts.parse(
            """
            "judging" #45 [12345] prio=5 os_prio=0 cpu=1234.50ms elapsed=9.00s tid=0x1 nid=2
               java.lang.Thread.State: RUNNABLE
            "kafka-producer-network-thread | producer-1" #46 daemon prio=5 os_prio=0 cpu=7.25ms x
            "C2 CompilerThread0" os_prio=0 cpu=1000.00ms elapsed=9.00s tid=0x3 nid=4 runnable
            """);

    assertEquals(Duration.ofNanos(1_234_500_000), costs.of(Pattern.compile("judging")));
    assertEquals(Duration.ofNanos(7_250_000), costs.of(Pattern.compile("kafka-producer.* \\| .*")));
    assertEquals(Duration.ofSeconds(1), costs.of(COMPILER));
  }

  @Test
  void aRunningJvmTellsItsThreads() throws IOException {
    ThreadCosts before = ThreadCosts.of(ProcessHandle.current().pid());
    ThreadCosts after = ThreadCosts.of(ProcessHandle.current().pid());

    assertTrue(before.of(COMPILER).toMillis() > 0);
    assertTrue(!after.since(before).of(COMPILER).isNegative());
    assertTrue(after.of(COMPILER).compareTo(before.of(COMPILER)) >= 0);
  }
}
