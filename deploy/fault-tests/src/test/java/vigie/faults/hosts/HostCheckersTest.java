// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vigie.faults.hosts.Fault.Kind;
import vigie.faults.hosts.Schedule.Action;
import vigie.faults.thresholds.history.Event;
import vigie.faults.thresholds.history.Judgement;
import vigie.faults.thresholds.history.Liveness;
import vigie.faults.thresholds.history.TimeRange;

/** What {@link DeliveryChecker} and {@link LivenessChecker} see in histories that are made up. */
class HostCheckersTest {

  private static final long SECOND = 1_000_000_000L;
  private static final UUID ALERT = UUID.randomUUID();
  private static final TimeRange FAULTS = new TimeRange(100 * SECOND, 130 * SECOND);

  private final Set<History.Key> stored = new HashSet<>();
  private final Map<String, Map<UUID, Long>> received =
      new HashMap<>(Map.of("u1", new HashMap<>(), "u2", new HashMap<>()));
  private final Map<UUID, Set<String>> claims = new HashMap<>();
  private Duration recovery = Duration.ofSeconds(1);
  private Event event = settled("ingest-2", 105, true);

  HostCheckersTest() {
    stored.add(History.Key.of(event));
    received.values().forEach(own -> own.put(ALERT, 110 * SECOND));
  }

  @Test
  void nothingIsWrongWithAGoodHistory() {
    claims.put(ALERT, Set.of("u1"));

    assertEquals(List.of(), promises());
  }

  @Test
  void anAcceptedResultThatKafkaHasNotIsFound() {
    stored.clear();

    assertEquals(List.of(DeliveryChecker.STORED), promises());
  }

  @Test
  void anAlertThatOneUnitNeverGotIsFound() {
    received.get("u2").clear();

    assertEquals(List.of(DeliveryChecker.RECEIVED), promises());
  }

  @Test
  void twoClaimsOfOneAlertAreFound() {
    claims.put(ALERT, Set.of("u1", "u2"));

    assertEquals(List.of(DeliveryChecker.ONE_CLAIM), promises());
  }

  @Test
  void aMajorityThatRefusesAResultIsFound() {
    event = settled("ingest-2", 115, false);
    assertEquals(List.of(LivenessChecker.ACCEPTED), promises());

    event = settled("ingest-1", 115, false);
    assertEquals(List.of(), promises());
  }

  @Test
  void anAlertThatTheMajorityBringsTooLateIsFound() {
    received.get("u1").put(ALERT, 126 * SECOND);

    assertEquals(List.of(LivenessChecker.ALERTED), promises());
  }

  @Test
  void whatIsLateAfterTheFaultsIsFound() {
    event = settled("ingest-1", 125, true);
    stored.add(History.Key.of(event));
    received.get("u1").put(ALERT, 171 * SECOND);
    recovery = Duration.ofSeconds(41);

    assertEquals(List.of(LivenessChecker.RECOVERED, LivenessChecker.RECOVERED), promises());
  }

  private List<String> promises() {
    Schedule schedule =
        new Schedule(
            List.of(
                new Action(
                    Duration.ZERO, Duration.ofSeconds(30), Fault.of(Kind.ISOLATED, "ingest-1"))),
            Set.of("ingest-1"));
    List<Judgement> judgements =
        event.accepted()
            ? List.of(new Judgement(ALERT, event.student(), event.exercise(), 0, 1, 50, 0))
            : List.of();
    History history =
        new History(
            new vigie.faults.thresholds.history.History(
                List.of(),
                List.of(),
                List.of(event),
                judgements,
                new Liveness(false, 0, Optional.empty())),
            stored,
            received,
            claims,
            FAULTS,
            recovery);
    return Stream.concat(
            DeliveryChecker.check(history).stream(),
            new LivenessChecker(schedule, history).check().stream())
        .map(Violation::promise)
        .toList();
  }

  private static Event settled(String ingest, long second, boolean accepted) {
    TimeRange span = new TimeRange(second * SECOND, second * SECOND + 1);
    String student = History.students("run", ingest) + "-s1";
    return new Event(student, "exercise", 0, span, accepted, Event.Kind.SETTLED);
  }
}
