// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vigie.service.kafka.SupervisedLoop;

class ArchiveLoopTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  static List<Throwable> failures() {
    return List.of(new AssertionError("deliberate"), new IllegalStateException("deliberate"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whateverFailsTheTableIsOpenedAgain(Throwable failure) {
    TableHealth health = new TableHealth();
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    AtomicInteger openings = new AtomicInteger();
    ArchiveLoop loop =
        new ArchiveLoop(
            "results",
            () -> {
              openings.incrementAndGet();
              ArchiveLoopTest.<RuntimeException>sneak(failure);
              return null;
            },
            Duration.ofMillis(1),
            health,
            new ArchiveMetrics(registry, "results", health));
    loop.supervised().start();
    try (SupervisedLoop supervised = loop.supervised()) {
      await().atMost(SOON).until(() -> openings.get() > 2);
      assertTrue(health.complaint().orElseThrow().contains("deliberate"));
      assertTrue(supervised.notReadyReason().orElseThrow().contains("deliberate"));
    }
    assertEquals(openings.get(), registry.get("vigie.archive.failures").counter().count());
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable failure) throws T {
    throw (T) failure;
  }
}
