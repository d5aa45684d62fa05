// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertStack;
import vigie.alert.Device;
import vigie.alert.Laptops;
import vigie.alert.Staff;
import vigie.stack.RedisForm;

/** An {@code Error} in each loop of a running service, in the midst of its work. */
@Order(AlertStack.OWN)
class LoopErrorsIT {

  /** Judging, the tail of the patrols' log, reports of claims, escalation. */
  private static final int LOOPS = 4;

  private static final Map<String, String> ERRORS =
      Map.of(
          "VIGIE_ALERT_UNDER_TEST", "true",
          "VIGIE_ALERT_DELIBERATE_FAULT", "errors-in-loops",
          "VIGIE_ALERT_ESCALATION_AFTER", "3s");

  @Test
  void alertsClaimsAndEscalationsGoOnByThemselves() {
    try (AlertStack stack = AlertStack.alone(RedisForm.REPLICATION, ERRORS);
        Laptops laptops = new Laptops(stack.kafka());
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
      assertEquals(200, staff.health("live").statusCode());
      await().atMost(30, SECONDS).until(() -> staff.health("ready").statusCode() == 200);
    }
  }
}
