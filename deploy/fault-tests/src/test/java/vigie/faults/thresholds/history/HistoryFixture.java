// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import vigie.faults.thresholds.history.Change.Outcome;
import vigie.faults.thresholds.history.Event.Kind;
import vigie.faults.thresholds.history.Violation.Promise;

/** A history made by hand, and its check; time is in steps. */
abstract class HistoryFixture {

  static final String EXERCISE = "e";
  private static final String SETTLED = "settled";
  static final long SECOND = 1_000_000_000L;

  final List<Change> changes = new ArrayList<>();
  final List<Reading> readings = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  final List<Judgement> judgements = new ArrayList<>();
  Liveness liveness = Liveness.UNLIMITED;
  private int students;

  final void acknowledged(long version, double value, long sent, long answered) {
    put(value, Condition.ANY, Outcome.ACKNOWLEDGED, version, sent, answered);
  }

  final void put(
      double value, Condition condition, Outcome outcome, long version, long sent, long answered) {
    changes.add(
        new Change(
            EXERCISE,
            new Value(value),
            condition,
            outcome,
            version,
            new TimeRange(sent, answered)));
  }

  final void deleted(long version, long sent, long answered) {
    changes.add(
        new Change(
            EXERCISE,
            Value.NONE,
            Condition.ANY,
            Outcome.ACKNOWLEDGED,
            version,
            new TimeRange(sent, answered)));
  }

  final void shown(long version, double value, long sent, long answered) {
    readings.add(new Reading(EXERCISE, version, new Value(value), new TimeRange(sent, answered)));
  }

  /** Below every threshold. */
  final Event event(long sent) {
    return event(0, sent);
  }

  final Event event(double score, long sent) {
    Event event =
        new Event("s-" + ++students, EXERCISE, score, new TimeRange(sent, sent), true, Kind.TRIAL);
    events.add(event);
    return event;
  }

  /** A result that had raised no alert when its witness raised one. */
  final Event silent(double score, long sent, long until) {
    Event event = event(score, sent);
    Event witness =
        new Event(event.student(), SETTLED, 0, new TimeRange(sent, sent), true, Kind.WITNESS);
    events.add(witness);
    alerted(witness, until);
    return event;
  }

  final Event settled(long sent, boolean accepted) {
    Event event =
        new Event("s-" + ++students, SETTLED, 0, new TimeRange(sent, sent), accepted, Kind.SETTLED);
    events.add(event);
    return event;
  }

  final void alerted(Event event, long at) {
    if (changes.stream().noneMatch(change -> change.exercise().equals(SETTLED))) {
      changes.add(
          new Change(
              SETTLED,
              new Value(50),
              Condition.ANY,
              Outcome.ACKNOWLEDGED,
              1,
              new TimeRange(-2, -1)));
    }
    judged(event, 1, 50, at);
  }

  final void judged(Event event, long version, double threshold) {
    judged(event, version, threshold, 9);
  }

  final void judged(Event event, long version, double threshold, long at) {
    UUID alert = new UUID(1, event.hashCode());
    judgements.add(
        new Judgement(
            alert, event.student(), event.exercise(), event.score(), version, threshold, at));
  }

  final History history() {
    return new History(changes, readings, events, judgements, liveness);
  }

  final void assertGood() {
    assertEquals(List.of(), Checker.check(history()));
  }

  final void assertBroken(Promise promise) {
    List<Violation> violations = Checker.check(history());
    assertEquals(
        List.of(promise),
        violations.stream().map(Violation::promise).distinct().toList(),
        violations::toString);
  }
}
