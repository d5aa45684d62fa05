// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vigie.stack.VigieStack;
import vigie.stack.process.ManagedProcess;
import vigie.stack.process.Supervisor;

/** What {@code deploy/up} does about a service that dies. */
@ExtendWith(RunningVigie.class)
class RestartIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void aServiceThatIsKilledIsBackWithin30SecondsAndThatIsReported(VigieStack vigie) {
    List<String> reports = new CopyOnWriteArrayList<>();
    Supervisor supervisor = new Supervisor(reports::add);
    ManagedProcess service = vigie.ingest();
    assertTrue(ProcessHandle.of(service.process().pid()).orElseThrow().destroyForcibly());

    await()
        .atMost(SOON)
        .until(
            () -> {
              supervisor.check(vigie.services());
              return reports.contains(service.name() + " is ready again");
            });

    assertTrue(
        reports.get(0).startsWith(service.name() + " died with exit code 137; it is started again"),
        reports::toString);
    assertTrue(service.process().isAlive());
  }
}
