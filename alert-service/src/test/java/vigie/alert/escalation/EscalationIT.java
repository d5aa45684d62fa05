// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.escalation;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertStack;
import vigie.alert.Device;
import vigie.alert.Laptops;
import vigie.alert.Staff;

@Order(AlertStack.IMPATIENT)
class EscalationIT {

  private static final String LYON = "?cursor=latest&area=45.5,4.5,46,5";
  private static final String NEXT_TO_LYON = "?cursor=latest&area=45.5,5.05,46,5.5";
  private static final String FAR_FROM_LYON = "?cursor=latest&area=45.5,5.2,46,5.5";

  private final AlertStack stack = AlertStack.impatient();
  private final Laptops laptops = new Laptops(stack.kafka());

  EscalationIT() {
    new Staff(stack.one()).set("escalated", 40);
  }

  @AfterEach
  void close() {
    laptops.close();
  }

  @Test
  void anAlertThatNobodyClaimsComesAgainOnceAndToNeighboursTooAlsoWhenAnInstanceStops() {
    try (Device near = new Device(stack.one(), "near", LYON);
        Device neighbour = new Device(stack.one(), "neighbour", NEXT_TO_LYON);
        Device far = new Device(stack.one(), "far", FAR_FROM_LYON)) {
      List.of(near, neighbour, far).forEach(unit -> unit.first("hello"));
      String claimed = raise();
      near.claim(near.awaitAlert(claimed));
      String unclaimed = raise();
      JsonNode first = near.awaitAlert(unclaimed);
      assertFalse(first.get("alert").has("escalatedAt"));
      stack.two().process().stop();
      try {
        JsonNode again = neighbour.awaitAlert(unclaimed);
        assertTrue(again.get("alert").has("escalatedAt"));
        assertEquals(first.get("alert").get("id"), again.get("alert").get("id"));
        await().atMost(20, SECONDS).until(() -> times(near, unclaimed) == 2);

        neighbour.claim(again);
        near.await("the claim", frame -> frame.path("unitId").asText().equals("neighbour"));
        String later = raise();
        neighbour.awaitAlert(later);
        assertEquals(2, times(near, unclaimed));
        assertEquals(1, times(neighbour, unclaimed));
        assertEquals(1, times(near, claimed));
        assertEquals(0, times(neighbour, claimed));
        assertTrue(far.events("escalated").isEmpty());
      } finally {
        stack.two().process().restart();
      }
    }
  }

  private String raise() {
    return laptops.send(Laptops.result("escalated", 10, 45.76, 4.98)).get(0).getId().toString();
  }

  private static long times(Device unit, String event) {
    return unit.events("escalated").stream().filter(event::equals).count();
  }
}
