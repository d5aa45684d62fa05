// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.alert.AlertStack;
import vigie.alert.Device;
import vigie.alert.Laptops;
import vigie.alert.Staff;
import vigie.alert.patrol.protocol.MalformedFrameException;
import vigie.alert.patrol.protocol.Position;
import vigie.events.ExerciseResult;

class DeliveryIT {

  private final AlertStack stack = AlertStack.shared();
  private final Staff staff = new Staff(stack.one());
  private final Laptops laptops = new Laptops(stack.kafka());

  @AfterEach
  void close() {
    laptops.close();
  }

  @Test
  void everyAlertReachesAUnitThatReconnects() {
    staff.set("reconnects", 40);
    List<String> raised = new ArrayList<>();
    Set<String> received = new HashSet<>();
    for (int visit = 0; visit < 6; visit++) {
      raised.addAll(fail("reconnects", 120));
      AlertStack.Instance instance = visit % 2 == 0 ? stack.one() : stack.two();
      try (Device unit = new Device(instance, "comes-and-goes", "")) {
        int open = raised.size() - received.size();
        raised.addAll(fail("reconnects", 20));
        acknowledging(unit, "reconnects", Math.min(open, 100));
        received.addAll(unit.events("reconnects"));
      }
    }
    try (Device unit = new Device(stack.two(), "comes-and-goes", "")) {
      Awaitility.await()
          .atMost(20, SECONDS)
          .until(
              () -> {
                unit.acknowledgeAll();
                received.addAll(unit.events("reconnects"));
                return received.containsAll(raised);
              });
    }
    assertEquals(new HashSet<>(raised), received);
  }

  @Test
  void aUnitWhoseInstanceStopsIsToldAndMissesNothing() {
    staff.set("moved-on", 40);
    List<String> raised = new ArrayList<>();
    Set<String> received = new HashSet<>();
    try (Device unit = new Device(stack.two(), "moves-on", "?cursor=latest")) {
      unit.first("hello");
      raised.addAll(fail("moved-on", 5));
      received.addAll(unit.awaitEvents("moved-on", 5));
      unit.acknowledgeAll();
      stack.two().process().stop();
      assertEquals(1012, unit.closeCode());
      raised.addAll(fail("moved-on", 5));
    } finally {
      stack.two().process().restart();
    }
    try (Device unit = new Device(stack.one(), "moves-on", "")) {
      acknowledging(unit, "moved-on", 5);
      received.addAll(unit.events("moved-on"));
    }
    assertEquals(Set.copyOf(raised), received);
  }

  @Test
  void aUnitThatNeverAckedGetsAllAgain() {
    staff.set("never-acked", 40);
    String start = "?cursor=" + now();
    List<String> raised = fail("never-acked", 30);
    for (AlertStack.Instance instance : List.of(stack.one(), stack.two(), stack.one())) {
      try (Device unit = new Device(instance, "silent", start)) {
        assertEquals(Set.copyOf(raised), Set.copyOf(unit.awaitEvents("never-acked", 30)));
      }
    }
  }

  @Test
  void anAcknowledgedAlertDoesNotComeAgain() {
    staff.set("acked", 40);
    try (Device unit = new Device(stack.one(), "polite", "?cursor=latest")) {
      unit.first("hello");
      fail("acked", 10);
      unit.awaitEvents("acked", 10);
      unit.acknowledgeAll();
    }
    Awaitility.await()
        .atMost(20, SECONDS)
        .untilAsserted(
            () -> {
              List<String> raised = fail("acked", 1);
              try (Device unit = new Device(stack.two(), "polite", "")) {
                assertEquals(raised, unit.awaitEvents("acked", 1));
                unit.acknowledgeAll();
              }
            });
  }

  @Test
  void aUnitThatStopsAcknowledgingIsNotFloodedAndLosesNothing() {
    staff.set("slow", 40);
    try (Device unit = new Device(stack.one(), "slow", "?cursor=latest")) {
      int window = unit.first("hello").get("window").asInt();
      List<String> raised = fail("slow", window + 50);
      unit.awaitEvents("slow", window);
      Awaitility.await()
          .during(2, SECONDS)
          .atMost(4, SECONDS)
          .until(() -> unit.frames("alert").size() == window);
      unit.acknowledgeAll();
      assertEquals(Set.copyOf(raised), Set.copyOf(unit.awaitEvents("slow", window + 50)));
    }
  }

  @Test
  void aUnitGetsTheAlertsOfItsAreaOnly() {
    staff.set("areas", 40);
    try (Device unit = new Device(stack.two(), "lyon", "?cursor=latest&area=45.5,4.5,46,5")) {
      unit.first("hello");
      laptops.send(Laptops.result("areas", 10, 48.85, 2.35));
      ExerciseResult near = laptops.send(Laptops.result("areas", 10, 45.76, 4.85)).get(0);
      laptops.send(Laptops.result("areas", 10, 48.85, 2.35));
      ExerciseResult last = laptops.send(Laptops.result("areas", 10, 45.5, 5)).get(0);
      Set<String> expected = Set.of(near.getId().toString(), last.getId().toString());
      assertEquals(expected, Set.copyOf(unit.awaitEvents("areas", 2)));
      assertEquals(2, unit.frames("alert").size());
    }
  }

  /** Until its cursor is stored, it would start over in its new area. */
  @Test
  void aUnitThatMovesGetsWhatItMissedThereAndNothingTwice() {
    staff.set("moves", 40);
    String there;
    String here;
    try (Device unit = new Device(stack.one(), "mover", "?cursor=latest&area=45.5,4.5,46,5")) {
      unit.first("hello");
      there = laptops.send(Laptops.result("moves", 10, 48.85, 2.35)).get(0).getId().toString();
      here = laptops.send(Laptops.result("moves", 10, 45.76, 4.85)).get(0).getId().toString();
      assertEquals(List.of(here), unit.awaitEvents("moves", 1));
      unit.acknowledgeAll();
    }
    Awaitility.await()
        .atMost(20, SECONDS)
        .untilAsserted(
            () -> {
              String last =
                  laptops.send(Laptops.result("moves", 10, 48.85, 2.35)).get(0).getId().toString();
              try (Device unit = new Device(stack.two(), "mover", "?area=45,2,49,5")) {
                Awaitility.await()
                    .atMost(20, SECONDS)
                    .until(() -> unit.events("moves").contains(last));
                assertTrue(unit.events("moves").contains(there));
                assertFalse(unit.events("moves").contains(here));
              }
            });
  }

  @Test
  void anAlertSaysEverythingInCamelCase() {
    staff.set("complete", 40);
    try (Device unit = new Device(stack.one(), "reader", "?cursor=latest")) {
      unit.first("hello");
      assertEquals("vigie.patrol.v1", unit.subprotocol());
      ExerciseResult result = laptops.send(Laptops.result("complete", 12.25)).get(0);
      JsonNode alert = unit.first("alert").get("alert");
      assertEquals(result.getId().toString(), alert.get("eventId").asText());
      assertEquals(result.getStudentId(), alert.get("studentId").asText());
      assertEquals(12.25, alert.get("score").asDouble());
      assertEquals(40, alert.get("threshold").asDouble());
      assertEquals(1, alert.get("thresholdVersion").asLong());
      assertEquals(result.getTimestamp().toString(), alert.get("occurredAt").asText());
      assertTrue(alert.has("raisedAt") && alert.has("latitude") && alert.has("longitude"));
    }
  }

  @Test
  void aCursorFromAnotherLifeOfTheTopicStartsOver() throws MalformedFrameException {
    long[] far = new long[6];
    Arrays.fill(far, 1L << 40);
    String query = "?cursor=" + Position.of(far).cursor();
    try (Device unit = new Device(stack.one(), "revenant", query)) {
      String cursor = unit.first("hello").get("cursor").asText();
      assertEquals(Position.EARLIEST, Position.parse(cursor));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?area=1,2", "?cursor=yesterday!"})
  void aWishThatCannotBeReadIsRefusedWithACode(String query) {
    try (Device unit = new Device(stack.one(), "confused", query)) {
      assertTrue(unit.first("error").get("code").asText().startsWith("bad-"));
      assertEquals(4400, unit.closeCode());
    }
  }

  @Test
  void aWrongFrameIsToldWhatIsWrongBeforeTheEnd() {
    try (Device unit = new Device(stack.one(), "clumsy", "?cursor=latest")) {
      unit.first("hello");
      unit.say("nonsense");
      assertEquals("malformed-frame", unit.first("error").get("code").asText());
      assertEquals(4400, unit.closeCode());
    }
  }

  /** Sends results that fail; answers their ids. */
  private List<String> fail(String exercise, int count) {
    List<ExerciseResult> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      results.add(Laptops.result(exercise, 10));
    }
    return laptops.send(results).stream().map(result -> result.getId().toString()).toList();
  }

  private String now() {
    try (Device unit = new Device(stack.one(), "clock", "?cursor=latest")) {
      return unit.first("hello").get("cursor").asText();
    }
  }

  private static void acknowledging(Device unit, String exercise, int count) {
    Awaitility.await()
        .atMost(20, SECONDS)
        .until(
            () -> {
              unit.acknowledgeAll();
              return unit.events(exercise).size() >= count;
            });
  }
}
