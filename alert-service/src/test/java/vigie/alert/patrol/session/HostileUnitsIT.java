// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vigie.alert.AlertStack;
import vigie.alert.Device;
import vigie.alert.Laptops;
import vigie.alert.RawUnit;
import vigie.alert.Staff;
import vigie.alert.patrol.protocol.Position;
import vigie.events.ExerciseResult;
import vigie.harness.Seed;

/** A unit that does what it must not loses its own connection, with a code; others keep theirs. */
@Order(AlertStack.IMPATIENT)
class HostileUnitsIT {

  private static final String EXERCISE = "hostile";
  private static final String PARIS = "?cursor=latest&area=48,2,49,3";

  private final AlertStack stack = AlertStack.impatient();
  private final Staff staff = new Staff(stack.one());
  private final Laptops laptops = new Laptops(stack.kafka());
  private Device bystander;

  @BeforeEach
  void aUnitMindsItsOwnBusiness() {
    staff.set(EXERCISE, 40);
    bystander = new Device(stack.one(), "bystander", PARIS);
    bystander.first("hello");
  }

  @AfterEach
  void theBystanderNoticesNothing() {
    ExerciseResult result = laptops.send(Laptops.result(EXERCISE, 10, 48.85, 2.35)).get(0);
    bystander.awaitAlert(result.getId().toString());
    await().atMost(20, SECONDS).until(() -> staff.metric("vigie_units_connected") == 1);
    bystander.close();
    laptops.close();
  }

  static Stream<Arguments> frames() {
    return Stream.of(
        said(4400, "no JSON", unit -> unit.say("nonsense")),
        said(4400, "no object", unit -> unit.say("[]")),
        said(4400, "nesting", unit -> unit.say("[".repeat(4000))),
        said(4400, "unknown type", unit -> unit.say("{\"type\":\"dance\"}")),
        said(4400, "bad cursor", unit -> unit.say("{\"type\":\"ack\",\"cursor\":\"!\"}")),
        said(4400, "bad claim", unit -> unit.say("{\"type\":\"claim\",\"alertId\":7}")),
        said(
            4400,
            "what was not sent",
            unit ->
                unit.say(
                    "{\"type\":\"ack\",\"cursor\":\"%s\"}"
                        .formatted(Position.of(1L << 40).cursor()))),
        said(1003, "binary", unit -> unit.frame(RawUnit.BINARY, true, true, new byte[9])),
        said(1009, "too long", unit -> unit.say("x".repeat(4097))),
        said(
            1009,
            "too long in parts",
            unit -> {
              unit.frame(RawUnit.TEXT, false, true, new byte[3000]);
              unit.frame(RawUnit.CONTINUATION, true, true, new byte[3000]);
            }),
        said(
            1011,
            "endless in parts",
            unit -> {
              unit.frame(RawUnit.TEXT, false, true, new byte[60_000]);
              unit.frame(RawUnit.CONTINUATION, false, true, new byte[60_000]);
            }),
        said(
            4400, "no text", unit -> unit.frame(RawUnit.TEXT, true, true, new byte[] {-1, -2, -3})),
        said(
            RawUnit.NO_CODE,
            "unmasked",
            unit -> unit.frame(RawUnit.TEXT, true, false, new byte[9])),
        said(RawUnit.NO_CODE, "no such opcode", unit -> unit.frame(5, true, true, new byte[9])),
        said(
            RawUnit.NO_CODE,
            "a part of nothing",
            unit -> unit.frame(RawUnit.CONTINUATION, true, true, new byte[9])),
        said(
            1008,
            "a flood of acknowledgements",
            unit -> repeat(2000, () -> unit.say("{\"type\":\"ack\",\"cursor\":\"MA\"}"))),
        said(
            1008,
            "a flood of pings",
            unit -> repeat(2000, () -> unit.frame(RawUnit.PING, true, true, new byte[9]))),
        said(
            1008,
            "a flood of resolutions",
            unit ->
                repeat(
                    200,
                    () ->
                        unit.say(
                            "{\"type\":\"resolve\",\"outcome\":\"x\","
                                + "\"alertId\":\"00000000-0000-0000-0000-000000000000\"}"))));
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("frames")
  void everyBadFrameEndsWithItsCode(int code, String what, Consumer<RawUnit> deed) {
    try (RawUnit unit = new RawUnit(stack.one(), "bad", "?cursor=latest")) {
      unit.awaitFrame();
      deed.accept(unit);
      assertEquals(code, unit.closeCode(), what);
    }
  }

  @Test
  void noBytesWhateverHarmAnybodyElse() {
    Random random = new Random(Seed.of(HostileUnitsIT.class));
    for (int i = 0; i < 200; i++) {
      try (RawUnit unit = new RawUnit(stack.one(), "random", "?cursor=latest")) {
        byte[] bytes = new byte[1 + random.nextInt(300)];
        random.nextBytes(bytes);
        unit.bytes(bytes);
      }
    }
  }

  @Test
  void aUnitThatAnswersNoPingIsGivenUp() {
    try (RawUnit unit = new RawUnit(stack.one(), "mute", "?cursor=latest")) {
      assertEquals(4408, unit.closeCode());
    }
  }

  @Test
  void aUnitThatStopsReadingIsGivenUpAndMissesNothing() {
    String start = "?cursor=" + bystander.first("hello").get("cursor").asText();
    try (RawUnit unit = new RawUnit(stack.one(), "stuck", "?cursor=latest")) {
      unit.awaitFrame();
      List<String> raised = raise(20);
      await().atMost(30, SECONDS).until(() -> staff.metric("vigie_units_connected") == 1);
      try (Device back = new Device(stack.two(), "stuck", start)) {
        await().atMost(20, SECONDS).until(() -> back.events(EXERCISE).containsAll(raised));
      }
    }
  }

  @Test
  void aUnitThatAcknowledgesNothingIsGivenUpAndMissesNothing() {
    Device slow = new Device(stack.one(), "slow", "?cursor=latest");
    slow.acknowledge(slow.first("hello"));
    int window = slow.first("hello").get("window").asInt();
    Set<String> raised = new HashSet<>(raise(window + 50));
    assertEquals(4408, slow.closeCode());
    Set<String> received = new HashSet<>(slow.events(EXERCISE));
    assertEquals(window, received.size());
    await()
        .atMost(20, SECONDS)
        .until(
            () -> {
              try (Device back = new Device(stack.two(), "slow", "")) {
                back.first("alert");
                back.acknowledgeAll();
                received.addAll(back.events(EXERCISE));
              }
              return received.containsAll(raised);
            });
  }

  private List<String> raise(int count) {
    List<ExerciseResult> results = new ArrayList<>();
    repeat(count, () -> results.add(Laptops.result(EXERCISE, 10)));
    return laptops.send(results).stream().map(result -> result.getId().toString()).toList();
  }

  private static Arguments said(int code, String what, Consumer<RawUnit> deed) {
    return Arguments.of(code, what, deed);
  }

  private static void repeat(int times, Runnable deed) {
    for (int i = 0; i < times; i++) {
      deed.run();
    }
  }
}
