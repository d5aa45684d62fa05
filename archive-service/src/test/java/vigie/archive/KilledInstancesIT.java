// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vigie.warehouse.ArchivedOffsets;

/** The built service, two processes of it, killed and frozen while results flow. */
@ExtendWith(Systems.Shared.class)
class KilledInstancesIT {

  private static final ArchiveTable RESULTS = EventTable.RESULTS;
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final int KILLS = 3;

  @Test
  void everyOffsetIsArchivedExactlyOnceAcrossKillsAndAZombieCannotPublish(Systems systems)
      throws Exception {
    long seed = Long.getLong("vigie.seed", System.nanoTime());
    String context = "seed " + seed;
    Random random = new Random(seed);
    try (Flow flow = new Flow(systems, RESULTS.topic());
        // The one to freeze commits so seldom that it is frozen with rows in hand.
        Instance one = Instance.start(systems, "one", "2s");
        Instance two = Instance.start(systems, "two", "300ms")) {
      flow.start();
      for (int kill = 0; kill < KILLS; kill++) {
        Instance victim = random.nextBoolean() ? one : two;
        victim.awaitArchiving(RESULTS);
        letPass(Duration.ofMillis(random.nextInt(1_500)));
        victim.process().kill();
        victim.process().start();
      }

      one.awaitArchiving(RESULTS);
      double failures = one.failures(RESULTS);
      one.process().freeze();
      awaitArchived(systems, flow.sentSoFar(), context);
      one.process().resume();
      await(context).atMost(SOON).until(() -> one.failures(RESULTS) > failures);

      flow.stop();
      awaitArchived(systems, systems.ends(RESULTS.topic()), context);
      one.process().awaitReady();
      two.process().awaitReady();
    }
    Map<Integer, Long> ends = systems.ends(RESULTS.topic());
    assertEquals(6, ends.size());
    assertTrue(ends.values().stream().allMatch(end -> end > 100), ends.toString());
    Rows.assertExactlyOnce(Rows.load(systems.warehouse(), RESULTS), ends, context);
  }

  private static void awaitArchived(Systems systems, Map<Integer, Long> ends, String context) {
    await(context)
        .atMost(SOON)
        .until(
            () -> {
              Table table = Rows.load(systems.warehouse(), RESULTS);
              return ends.entrySet().stream()
                  .allMatch(
                      end ->
                          ArchivedOffsets.nextIn(table.properties(), end.getKey()).orElse(0)
                              >= end.getValue());
            });
  }

  private static void letPass(Duration time) {
    long start = System.nanoTime();
    await()
        .pollInterval(Duration.ofMillis(10))
        .until(() -> System.nanoTime() - start > time.toNanos());
  }
}
