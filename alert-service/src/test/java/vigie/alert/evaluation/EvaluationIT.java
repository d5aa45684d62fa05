// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertStack;
import vigie.alert.Laptops;
import vigie.alert.Staff;
import vigie.alert.TopicReader;
import vigie.events.Alert;
import vigie.events.ExerciseResult;
import vigie.harness.Seed;
import vigie.harness.Tier;

class EvaluationIT {

  private static final int ROUNDS = Tier.count("vigie.rounds", 25, 60);

  private final AlertStack stack = AlertStack.shared();
  private final Staff staff = new Staff(stack.one());
  private final Staff elsewhere = new Staff(stack.two());
  private final Laptops laptops = new Laptops(stack.kafka());
  private final TopicReader alerts = new TopicReader(stack.kafka(), "vigie.alerts");

  @AfterEach
  void close() {
    laptops.close();
    alerts.close();
  }

  @Test
  void aChangedThresholdJudgesEveryLaterEvent() {
    long seed = Seed.of(EvaluationIT.class);
    Random random = new Random(seed);
    for (int round = 1; round <= ROUNDS; round++) {
      double threshold = 1 + random.nextInt(99);
      Staff someone = random.nextBoolean() ? staff : elsewhere;
      String student = "student-" + random.nextInt(40);
      long version = Staff.json(someone.set("changing", threshold)).get("version").asLong();
      laptops.send(Laptops.result("changing", threshold, student));
      UUID failed =
          laptops.send(Laptops.result("changing", threshold - 0.5, student)).get(0).getId();
      Alert alert = alerts.alerts("changing", round).get(round - 1);
      assertEquals(failed, alert.getEventId(), "round %d, seed %d".formatted(round, seed));
      assertEquals(version, alert.getThresholdVersion());
      assertEquals(threshold, alert.getThreshold());
    }
  }

  @Test
  void noJudgementWhileReplicasAreFrozen() {
    staff.set("frozen", 40);
    staff.set("frozen-write", 40);
    stack.redis().replica(0).freeze();
    stack.redis().replica(1).freeze();
    List<ExerciseResult> results;
    try {
      HttpResponse<String> change = staff.put("frozen-write", 50);
      assertEquals(503, change.statusCode());
      assertEquals("unavailable", Staff.json(change).get("code").asText());
      assertEquals(503, staff.get("/v1/thresholds/frozen").statusCode());
      double judged = judged();
      results = laptops.send(failing("frozen", 100));
      Awaitility.await()
          .atMost(20, SECONDS)
          .until(() -> staff.health("ready").body().contains("replicas needed confirmed"));
      Awaitility.await()
          .during(4, SECONDS)
          .atMost(6, SECONDS)
          .until(() -> judged() == judged && alerts.alertsNow("frozen").isEmpty());
    } finally {
      stack.redis().replica(0).resume();
      stack.redis().replica(1).resume();
    }
    assertEquals(ids(results), events(alerts.alerts("frozen", 100)));
    Awaitility.await().atMost(20, SECONDS).until(() -> staff.health("ready").statusCode() == 200);
    staff.set("frozen-write", 50);
  }

  @Test
  void nothingIsLostWhenRedisAndTheBrokerRestart() {
    staff.set("restarts", 40);
    List<ExerciseResult> sent = new ArrayList<>(laptops.send(failing("restarts", 50)));
    stack.redis().primary().kill();
    sent.addAll(laptops.send(failing("restarts", 50)));
    stack.kafka().kill();
    stack.redis().primary().restart();
    stack.kafka().restart();
    sent.addAll(laptops.send(failing("restarts", 50)));
    Awaitility.await()
        .atMost(40, SECONDS)
        .until(() -> events(alerts.alertsNow("restarts")).equals(ids(sent)));
  }

  @Test
  void poisonGoesToDeadLettersAndTheFlowGoesOn() {
    staff.set("poisoned", 40);
    try (TopicReader letters = new TopicReader(stack.kafka(), "vigie.dead-letters")) {
      byte[] poison = "no event, %s".formatted(UUID.randomUUID()).getBytes(UTF_8);
      RecordMetadata where = laptops.poison(poison);
      List<ExerciseResult> results = laptops.send(failing("poisoned", 10));
      var letter = letters.record(record -> Arrays.equals(record.value(), poison));
      assertArrayEquals("vigie.results".getBytes(UTF_8), header(letter, "topic"));
      assertEquals(where.partition(), Integer.parseInt(text(letter, "partition")));
      assertEquals(where.offset(), Long.parseLong(text(letter, "offset")));
      assertTrue(text(letter, "reason").contains("not an event"), text(letter, "reason"));
      assertEquals(ids(results), events(alerts.alerts("poisoned", 10)));
    }
  }

  @Test
  void theSameEventTwiceGivesTheSameAlertId() {
    staff.set("twice", 40);
    ExerciseResult result = Laptops.result("twice", 10);
    laptops.send(result);
    laptops.send(result);
    List<Alert> both = alerts.alerts("twice", 2);
    assertEquals(both.get(0).getId(), both.get(1).getId());
    assertEquals(AlertId.of(result), both.get(0).getId());
  }

  @Test
  void anExerciseWithoutThresholdRaisesNoAlertAndIsCounted() {
    double before = metric("vigie_unknown_exercise_total");
    laptops.send(failing("nobody-set-it", 7));
    Awaitility.await()
        .atMost(20, SECONDS)
        .until(() -> metric("vigie_unknown_exercise_total") == before + 7);
    assertTrue(alerts.alertsNow("nobody-set-it").isEmpty());
  }

  private double judged() {
    return metric("vigie_judged_total");
  }

  private double metric(String name) {
    return staff.metric(name) + elsewhere.metric(name);
  }

  private static List<ExerciseResult> failing(String exercise, int count) {
    List<ExerciseResult> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      results.add(Laptops.result(exercise, 10));
    }
    return results;
  }

  private static Set<UUID> ids(List<ExerciseResult> results) {
    Set<UUID> ids = new HashSet<>();
    results.forEach(result -> ids.add(result.getId()));
    return ids;
  }

  private static Set<UUID> events(List<Alert> alerts) {
    Set<UUID> ids = new HashSet<>();
    alerts.forEach(alert -> ids.add(alert.getEventId()));
    return ids;
  }

  private static byte[] header(ConsumerRecord<byte[], byte[]> record, String name) {
    return record.headers().lastHeader(name).value();
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(header(record, name), UTF_8);
  }
}
