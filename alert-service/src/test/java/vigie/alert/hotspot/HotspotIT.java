// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertStack;
import vigie.alert.Staff;
import vigie.alert.TopicReader;
import vigie.events.Alert;
import vigie.events.EventCodec;
import vigie.events.Hotspot;
import vigie.events.UndecodableEventException;

/** Hotspots on a real Kafka, counted by two instances that are killed. */
class HotspotIT {

  private static final String EXERCISE = "hotspot-" + System.nanoTime();
  private static final int STUDENTS = 60;
  private static final Duration ADVANCE = Duration.ofMinutes(2);
  private static final Duration WINDOW = Duration.ofMinutes(10);

  private final AlertStack stack = AlertStack.shared();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

  @Test
  void countsAreExactAfterEachInstanceWasKilled() throws Exception {
    List<Alert> alerts = alerts();
    try (TopicReader hotspots = new TopicReader(stack.kafka(), "vigie.hotspots")) {
      send(alerts.subList(0, STUDENTS / 3));
      await().atMost(60, SECONDS).until(() -> !counts(hotspots).isEmpty());

      stack.one().process().kill();
      send(alerts.subList(0, 2 * STUDENTS / 3));
      stack.one().process().restart();
      stack.two().process().kill();
      send(alerts);
      stack.two().process().restart();

      Map<Instant, Long> expected = expected(alerts);
      await().atMost(60, SECONDS).untilAsserted(() -> assertEquals(expected, counts(hotspots)));
    }
    await()
        .atMost(60, SECONDS)
        .until(() -> new Staff(stack.one()).health("group/hotspots").statusCode() == 200);
  }

  /** One failure each of many students, over 2 minutes: no window closes before the test ends. */
  private List<Alert> alerts() {
    List<Alert> alerts = new ArrayList<>();
    for (int i = 0; i < STUDENTS; i++) {
      alerts.add(Alerts.of(EXERCISE, "student-" + i, now.minusSeconds(2L * (STUDENTS - i))));
    }
    return alerts;
  }

  /** Failures by the start of each window that holds enough of them. */
  private static Map<Instant, Long> expected(List<Alert> alerts) {
    Map<Instant, Long> counts = new TreeMap<>();
    for (Alert alert : alerts) {
      long occurred = alert.getOccurredAt().toEpochMilli();
      long last = occurred - occurred % ADVANCE.toMillis();
      for (long start = last; start > occurred - WINDOW.toMillis(); start -= ADVANCE.toMillis()) {
        counts.merge(Instant.ofEpochMilli(start), 1L, Long::sum);
      }
    }
    counts.values().removeIf(count -> count < 5);
    return counts;
  }

  private static Map<Instant, Long> counts(TopicReader hotspots) throws UndecodableEventException {
    Map<Instant, Long> counts = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : hotspots.recordsNow()) {
      Hotspot hotspot = EventCodec.of(Hotspot.class).decode(record.value());
      if (hotspot.getExerciseId().equals(EXERCISE)) {
        counts.put(hotspot.getWindowStart(), hotspot.getFailures());
      }
    }
    return counts;
  }

  private void send(List<Alert> alerts) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            new HashMap<>(Map.of("bootstrap.servers", stack.kafka().bootstrapServers())),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (Alert alert : alerts) {
        producer
            .send(
                new ProducerRecord<>(
                    "vigie.alerts",
                    alert.getStudentId().getBytes(UTF_8),
                    EventCodec.of(Alert.class).encode(alert)))
            .get();
      }
    }
  }
}
