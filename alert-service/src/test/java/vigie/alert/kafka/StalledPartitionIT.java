// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import vigie.alert.AlertStack;
import vigie.alert.Device;
import vigie.alert.Laptops;
import vigie.alert.Staff;
import vigie.events.ExerciseResult;

/** Partitions that an instance cannot read, while Kafka answers it. */
@Order(AlertStack.OWN)
@TestMethodOrder(OrderAnnotation.class)
class StalledPartitionIT {

  private static final int PARTITIONS = 6;
  private static final String EXERCISE = "standing";

  /** A send fails after 20 s; twice as much for a slow machine. */
  private static final int HANDOVER = 90;

  private static final String JUDGED = "vigie_judged_total";

  /** C3 01, a fingerprint that no version has, and whatever follows. */
  private static final byte[] OF_A_NEWER_VERSION = {(byte) 0xC3, 1, 9, 9, 9, 9, 9, 9, 9, 9, 0};

  private static AlertStack stack;

  @BeforeAll
  static void start() {
    stack = AlertStack.wired(Map.of("VIGIE_ALERT_STALL_TIMEOUT", "4s"));
  }

  @AfterEach
  void heal() {
    stack.wiredKafka().heal();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  /** It can fetch all of its partitions, so only its sends tell. */
  @Test
  @Order(1)
  void anInstanceThatCannotAppendAlertsHandsOverAndReturnsWhenItCan() {
    lead(Topics.RESULTS, stack.kafka().id());
    lead(Topics.ALERTS, stack.wiredKafka().idBehindTheWire());
    try (Laptops laptops = new Laptops(stack.kafka());
        Device there = new Device(stack.two(), "there", "?cursor=latest")) {
      Staff one = new Staff(stack.one());
      Staff two = new Staff(stack.two());
      one.set(EXERCISE, 40);
      there.first("hello");
      awaitJudgedBy(one, laptops);

      stack.wiredKafka().cut();
      awaitAlerts(there, laptops.send(ofAllPartitions()), HANDOVER);
      await("readiness tells").atMost(20, SECONDS).until(() -> hasLeft(reason(one, "judging")));
      assertTrue(one.metric("vigie_partitions_standing{loop=\"judging\",reason=\"no-append\"") > 0);
      await()
          .atMost(30, SECONDS)
          .until(() -> one.metric("vigie_partitions_standing{loop=\"hotspots\"") > 0);
      double judged = one.metric(JUDGED);
      awaitAlerts(there, laptops.send(ofAllPartitions()));
      assertEquals(judged, one.metric(JUDGED));
      assertEquals(200, two.health("ready").statusCode());

      stack.wiredKafka().heal();
      await().atMost(60, SECONDS).until(() -> one.health("ready").statusCode() == 200);
      awaitJudgedBy(one, laptops);
    }
  }

  @Test
  @Order(2)
  void aUnitOfAnInstanceThatIsCutFromABrokerIsSentAwayAndNoAlertIsLost() {
    try (Laptops laptops = new Laptops(stack.kafka());
        Device here = new Device(stack.one(), "here", "?cursor=latest");
        Device there = new Device(stack.two(), "there", "?cursor=latest")) {
      Staff one = new Staff(stack.one());
      Staff two = new Staff(stack.two());
      one.set(EXERCISE, 40);
      here.first("hello");
      there.first("hello");
      awaitAlerts(there, laptops.send(ofAllPartitions()));

      stack.wiredKafka().cut();
      List<ExerciseResult> meanwhile = laptops.send(ofAllPartitions());
      assertEquals(1013, here.closeCode());
      await().atMost(30, SECONDS).until(() -> one.metric("vigie_partitions_standing") > 0);
      assertEquals(200, two.health("ready").statusCode());

      stack.wiredKafka().heal();
      await().atMost(60, SECONDS).until(() -> one.health("ready").statusCode() == 200);
      awaitAlerts(there, meanwhile);
      awaitAlerts(there, laptops.send(ofAllPartitions()));

      int partition = laptops.poison(OF_A_NEWER_VERSION).partition();
      String name = "vigie.results-" + partition + " ";
      await()
          .atMost(20, SECONDS)
          .until(() -> (reason(one, "judging") + reason(two, "judging")).contains(name));
      awaitAlerts(
          there,
          laptops.send(
              ofAllPartitions().stream()
                  .filter(result -> partition(result) != partition)
                  .toList()));
      assertEquals(
          0, one.metric("vigie_dead_letters_total") + two.metric("vigie_dead_letters_total"));
    }
  }

  private static boolean hasLeft(String reason) {
    return reason.contains("left its consumer group")
        && reason.contains("cannot be appended to by this instance");
  }

  /** Each partition of the topic has one replica, on this broker. */
  private static void lead(String topic, int broker) {
    try (Admin admin = stack.kafka().admin()) {
      Map<TopicPartition, Optional<NewPartitionReassignment>> moves = new HashMap<>();
      leaders(admin, topic)
          .keySet()
          .forEach(
              one -> moves.put(one, Optional.of(new NewPartitionReassignment(List.of(broker)))));
      admin.alterPartitionReassignments(moves);
      await()
          .atMost(60, SECONDS)
          .until(() -> leaders(admin, topic).values().stream().allMatch(id -> id.equals(broker)));
    }
  }

  private static Map<TopicPartition, Integer> leaders(Admin admin, String topic) {
    return admin
        .describeTopics(List.of(topic))
        .topicNameValues()
        .get(topic)
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .partitions()
        .stream()
        .collect(
            Collectors.toMap(
                one -> new TopicPartition(topic, one.partition()), one -> one.leader().id()));
  }

  /** The instance owns a partition of results. */
  private static void awaitJudgedBy(Staff instance, Laptops laptops) {
    double before = instance.metric(JUDGED);
    await()
        .atMost(60, SECONDS)
        .until(
            () -> {
              laptops.send(ofAllPartitions());
              return instance.metric(JUDGED) > before;
            });
  }

  private static List<ExerciseResult> ofAllPartitions() {
    return Stream.generate(() -> Laptops.result(EXERCISE, 10)).limit(30).toList();
  }

  private static int partition(ExerciseResult result) {
    return Utils.toPositive(Utils.murmur2(result.getStudentId().getBytes(UTF_8))) % PARTITIONS;
  }

  private static void awaitAlerts(Device unit, List<ExerciseResult> results) {
    awaitAlerts(unit, results, 40);
  }

  private static void awaitAlerts(Device unit, List<ExerciseResult> results, int seconds) {
    List<String> ids = results.stream().map(result -> result.getId().toString()).toList();
    await("the alerts of " + ids)
        .atMost(seconds, SECONDS)
        .until(() -> unit.events(EXERCISE).containsAll(ids));
  }

  /** Why this check is down; empty when it is up. */
  private static String reason(Staff instance, String check) {
    for (JsonNode one : Staff.json(instance.health("ready")).get("checks")) {
      if (one.get("name").asText().equals(check)) {
        return one.path("data").path("reason").asText("");
      }
    }
    throw new AssertionError("No check named " + check);
  }
}
