// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertStack;
import vigie.alert.TopicReader;
import vigie.events.Alert;
import vigie.events.DeploymentReport;
import vigie.events.EventCodec;
import vigie.events.UndecodableEventException;
import vigie.harness.Seed;
import vigie.harness.Tier;

/**
 * Many units that are as unreliable as units are, while processes are killed and frozen. {@code
 * -Dvigie.units}, {@code -Dvigie.reconnects} and {@code -Dvigie.faults} give it another size,
 * {@code -Dvigie.seed} plays one again.
 */
@Order(AlertStack.IMPATIENT)
class CrowdIT {

  private static final EventCodec<Alert> ALERTS = EventCodec.of(Alert.class);
  private static final EventCodec<DeploymentReport> REPORTS = EventCodec.of(DeploymentReport.class);
  private static final int UNITS = Tier.count("vigie.units", 40, 200);
  private static final int RECONNECTS = Tier.count("vigie.reconnects", 100, 1_000);
  private static final int FAULTS = Tier.count("vigie.faults", 3, 20);
  private static final long STEP_NANOS = 20_000_000;

  private final AlertStack stack = AlertStack.impatient();
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private final List<Alert> raised = new CopyOnWriteArrayList<>();

  @Test
  void everyAlertReachesEveryUnitOfItsAreaAndOneUnitHoldsEachClaim() throws Exception {
    long seed = Seed.of(CrowdIT.class);
    Random random = new Random(seed);
    List<String> services = List.of(stack.one().address(), stack.two().address());
    try (TopicReader reports = new TopicReader(stack.kafka(), "vigie.deployments");
        Crowd crowd = Crowd.connected(UNITS, services, random);
        KafkaProducer<byte[], byte[]> producer = producer();
        Faults faults = new Faults(stack, FAULTS, new Random(seed))) {
      while (!faults.areOver() || crowd.reconnects() < RECONNECTS) {
        raise(producer, random);
        crowd.stir();
        if (random.nextInt(5) == 0) {
          crowd.claim();
        }
        LockSupport.parkNanos(STEP_NANOS);
      }
      producer.flush();
      assertEquals(sent.size(), raised.size());
      await("what units miss")
          .atMost(2, MINUTES)
          .untilAsserted(() -> assertEquals(List.of(), crowd.incomplete(raised)));
      await().atMost(1, MINUTES).until(crowd::everyQuestionIsAnswered);

      Map<UUID, Set<String>> won = crowd.won();
      Map<UUID, Set<String>> reported = new HashMap<>();
      await()
          .atMost(30, SECONDS)
          .until(
              () -> {
                reported.putAll(reported(reports));
                return reported.keySet().containsAll(won.keySet());
              });
      crowd.winners().forEach((alert, units) -> assertEquals(1, units.size(), "of " + alert));
      reported.forEach((alert, units) -> assertEquals(1, units.size(), "of " + alert));
      won.forEach((alert, units) -> assertEquals(reported.get(alert), units));
      assertTrue(!won.isEmpty(), "nothing was claimed");
      System.out.printf(
          "%d alerts reached all of %d units across %d reconnects and %s; %d claims, each with one"
              + " report%n",
          raised.size(), UNITS, crowd.reconnects(), faults, won.size());
    }
  }

  /** What was acknowledged by Kafka counts as raised. */
  private void raise(KafkaProducer<byte[], byte[]> producer, Random random) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    UUID id = new UUID(random.nextLong(), random.nextLong());
    Alert alert =
        Alert.newBuilder()
            .setId(id)
            .setEventId(id)
            .setStudentId("student-" + random.nextInt(40))
            .setExerciseId("crowd")
            .setScore(10)
            .setThreshold(50)
            .setThresholdVersion(1)
            .setLatitude(42 + 9 * random.nextDouble())
            .setLongitude(-2 + 9 * random.nextDouble())
            .setOccurredAt(now)
            .setRaisedAt(now)
            .build();
    sent.add(
        producer.send(
            new ProducerRecord<>(
                "vigie.alerts", alert.getStudentId().getBytes(UTF_8), ALERTS.encode(alert)),
            (where, failure) -> {
              if (failure == null) {
                raised.add(alert);
              }
            }));
  }

  /** The units named by the reports of each alert. */
  private static Map<UUID, Set<String>> reported(TopicReader topic)
      throws UndecodableEventException {
    Map<UUID, Set<String>> reported = new HashMap<>();
    Map<UUID, UUID> ids = new HashMap<>();
    for (var record : topic.recordsNow()) {
      DeploymentReport report = REPORTS.decode(record.value());
      reported
          .computeIfAbsent(report.getAlertId(), alert -> new HashSet<>())
          .add(report.getUnitId());
      UUID id = ids.computeIfAbsent(report.getAlertId(), alert -> report.getId());
      assertEquals(id, report.getId(), "one report for each claim");
    }
    return reported;
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            stack.kafka().bootstrapServers(),
            "acks",
            "all",
            "max.block.ms",
            "60000"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
