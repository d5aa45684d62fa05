// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertStack;
import vigie.alert.Device;
import vigie.alert.Laptops;
import vigie.alert.Staff;
import vigie.events.ExerciseResult;

/** Partitions that an instance cannot read, while Kafka answers it. */
@Order(AlertStack.OWN)
class StandstillIT {

  private static final int PARTITIONS = 6;
  private static final String EXERCISE = "standing";

  /** C3 01, a fingerprint that no version has, and whatever follows. */
  private static final byte[] OF_A_NEWER_VERSION = {(byte) 0xC3, 1, 9, 9, 9, 9, 9, 9, 9, 9, 0};

  @Test
  void aUnitOfAnInstanceThatIsCutFromABrokerIsSentAwayAndNoAlertIsLost() {
    try (AlertStack stack = AlertStack.wired(Map.of("VIGIE_ALERT_STALL_TIMEOUT", "4s"));
        Laptops laptops = new Laptops(stack.kafka());
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

  private static List<ExerciseResult> ofAllPartitions() {
    return Stream.generate(() -> Laptops.result(EXERCISE, 10)).limit(30).toList();
  }

  private static int partition(ExerciseResult result) {
    return Utils.toPositive(Utils.murmur2(result.getStudentId().getBytes(UTF_8))) % PARTITIONS;
  }

  private static void awaitAlerts(Device unit, List<ExerciseResult> results) {
    List<String> ids = results.stream().map(result -> result.getId().toString()).toList();
    await("the alerts of " + ids)
        .atMost(40, SECONDS)
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
