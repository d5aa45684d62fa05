// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertStack;
import vigie.alert.Device;
import vigie.alert.Laptops;
import vigie.alert.Staff;
import vigie.alert.TopicReader;
import vigie.stack.redis.RedisTopology;

/**
 * An {@code Error} in each loop of a running service, in the midst of its work. Without access
 * control there is no reader of revocations, which has a test of its own.
 */
@Order(AlertStack.OWN)
class LoopErrorsIT {

  /** Judging, the tail of the patrols' log, reports of claims, escalation. */
  private static final int LOOPS = 4;

  /** Distinct students that make a hotspot. */
  private static final int STUDENTS = 5;

  private static final Map<String, String> ERRORS =
      Map.of(
          "VIGIE_ALERT_UNDER_TEST", "true",
          "VIGIE_ALERT_DELIBERATE_FAULT", "errors-in-loops",
          "VIGIE_ALERT_ESCALATION_AFTER", "3s");

  private static boolean isOf(String exercise, ConsumerRecord<byte[], byte[]> hotspot) {
    return new String(hotspot.key(), UTF_8).equals(exercise);
  }

  @Test
  void alertsClaimsAndEscalationsGoOnByThemselves() {
    try (AlertStack stack = AlertStack.alone(RedisTopology.REPLICATION, ERRORS);
        Laptops laptops = new Laptops(stack.kafka());
        TopicReader hotspots = new TopicReader(stack.kafka(), "vigie.hotspots");
        Device unit = new Device(stack.one(), "unit", "?cursor=latest");
        Device other = new Device(stack.one(), "other", "?cursor=latest")) {
      Staff staff = new Staff(stack.one());
      staff.set("errors", 40);
      unit.first("hello");
      other.first("hello");
      await().atMost(60, SECONDS).until(() -> staff.metric("vigie_loop_errors_total") == LOOPS);

      UUID result = laptops.send(Laptops.result("errors", 10)).get(0).getId();
      JsonNode alert = unit.awaitAlert(result.toString());
      unit.await("the alert again", frame -> frame.path("alert").has("escalatedAt"));
      unit.claim(alert);
      other.await("the claim", frame -> frame.path("unitId").asText().equals("unit"));
      for (int student = 0; student < STUDENTS; student++) {
        laptops.send(Laptops.result("errors", 10, "student-" + student));
      }
      await()
          .atMost(60, SECONDS)
          .until(() -> hotspots.recordsNow().stream().anyMatch(spot -> isOf("errors", spot)));
      // Those of the counting come with the first alert.
      assertEquals(LOOPS + 1, staff.metric("vigie_loop_errors_total"));
      assertEquals(200, staff.health("live").statusCode());
      await().atMost(30, SECONDS).until(() -> staff.health("ready").statusCode() == 200);
    }
  }
}
