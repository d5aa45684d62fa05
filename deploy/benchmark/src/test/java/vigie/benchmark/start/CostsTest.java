// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import vigie.stack.cli.StackCli;

class CostsTest {

  @Test
  void aProcessIsToldByItsCommandLine() {
    assertEquals(Component.KAFKA, Component.of("java -Xmx256m kafka.Kafka server.properties"));
    assertEquals(
        Component.INGEST, Component.of("java -jar /vigie/ingest-service/target/quarkus-run.jar"));
    assertEquals(Component.POSTGRESQL, Component.of("postgres: checkpointer"));
    assertEquals(
        Component.ANALYTICS,
        Component.of("java -cp /lib/postgresql-42.jar vigie.analytics.AnalyticsJob"));
    assertEquals(Component.UP, Component.of("java -cp /lib/kafka.jar " + StackCli.class.getName()));
    assertEquals(Component.OTHER, Component.of("sleep 1"));
  }

  @Test
  void whatAProcessStartedCountsWithItAlsoOnceItHasEnded() throws Exception {
    Process shell =
        new ProcessBuilder(
                "/bin/bash", "-c", "bash -c 'while ((SECONDS < 2)); do :; done'; echo; read")
            .start();
    try {
      // The inner shell has ended when the outer one prints its line.
      assertEquals('\n', shell.getInputStream().read());

      Costs costs = Costs.of(shell.toHandle());

      assertTrue(costs.of(Component.ENDED).compareTo(Duration.ofMillis(100)) > 0, costs::toString);
      assertEquals(Duration.ZERO, costs.since(costs).sum());
    } finally {
      shell.destroyForcibly();
    }
  }
}
