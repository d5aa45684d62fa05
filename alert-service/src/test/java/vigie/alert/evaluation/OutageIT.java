// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vigie.alert.AlertStack;
import vigie.alert.Ingest;
import vigie.alert.Laptops;
import vigie.alert.Staff;
import vigie.alert.TopicReader;
import vigie.events.EventId;
import vigie.events.ExerciseResult;
import vigie.harness.Tier;
import vigie.stack.process.ManagedProcess;

/**
 * Redis is away for longer than its idle connections last (3 s) and judging ever pauses (2 s); in
 * the long form for 15 s and for a minute. {@code -Dvigie.outage=PT5M} is another time.
 */
class OutageIT {

  private static final int REQUEST = 20;

  private final AlertStack stack = AlertStack.shared();
  private final List<Staff> instances = List.of(new Staff(stack.one()), new Staff(stack.two()));
  private final Set<UUID> accepted = new HashSet<>();

  @TempDir private Path folder;

  static Stream<Duration> outages() {
    return Stream.of(Duration.ofSeconds(15), Duration.ofMinutes(1))
        .map(all -> Tier.duration("vigie.outage", Duration.ofSeconds(6), all))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("outages")
  void nothingIsJudgedWhileRedisIsAwayAndNothingAcceptedIsLost(Duration outage) {
    instances.get(0).set("outage", 40);
    try (Ingest ingest = new Ingest(stack.kafka(), folder);
        TopicReader alerts = new TopicReader(stack.kafka(), "vigie.alerts")) {
      send(ingest);
      await().atMost(20, SECONDS).until(() -> alerted(alerts).equals(accepted));
      stack.redis().cut(stack.redis().nodes().toArray(ManagedProcess[]::new));
      try {
        for (Staff instance : instances) {
          await().atMost(20, SECONDS).until(() -> !fence(instance).equals("up"));
        }
        double judged = judged();
        await()
            .pollInterval(100, MILLISECONDS)
            .during(outage)
            .atMost(outage.plusSeconds(20))
            .until(
                () -> {
                  send(ingest);
                  return judged() == judged && ingest.isReady();
                });
        instances.forEach(OutageIT::assertReason);
        System.out.printf(
            "Redis away for %d s: %d results accepted, %.0f judged; readiness: %s%n",
            outage.toSeconds(), accepted.size(), judged() - judged, fence(instances.get(0)));
      } finally {
        stack.redis().heal();
      }
      await().atMost(1, MINUTES).until(() -> alerted(alerts).containsAll(accepted));
      assertEquals(accepted, alerted(alerts));
      System.out.printf("Redis back: %d of %d alerted%n", alerted(alerts).size(), accepted.size());
    }
    for (Staff instance : instances) {
      await().atMost(20, SECONDS).until(() -> instance.health("ready").statusCode() == 200);
    }
  }

  private void send(Ingest ingest) {
    List<ExerciseResult> results =
        Stream.generate(() -> Laptops.result("outage", 10)).limit(REQUEST).toList();
    assertEquals(202, ingest.send(results));
    results.forEach(result -> accepted.add(EventId.of(result.getStudentId(), result.getId())));
  }

  private double judged() {
    return instances.stream().mapToDouble(staff -> staff.metric("vigie_judged_total")).sum();
  }

  private static Set<UUID> alerted(TopicReader alerts) {
    return alerts.alertsNow("outage").stream()
        .map(alert -> alert.getEventId())
        .collect(Collectors.toSet());
  }

  private static void assertReason(Staff instance) {
    assertEquals(503, instance.health("ready").statusCode());
    assertTrue(fence(instance).startsWith("Redis did not answer"), fence(instance));
  }

  /** Why Redis gives no confirmed answers, as readiness says it, or "up". */
  private static String fence(Staff instance) {
    for (JsonNode check : Staff.json(instance.health("ready")).get("checks")) {
      if (check.get("name").asText().equals("redis-fence")) {
        return check.path("data").path("reason").asText("up");
      }
    }
    throw new AssertionError("No check named redis-fence");
  }
}
