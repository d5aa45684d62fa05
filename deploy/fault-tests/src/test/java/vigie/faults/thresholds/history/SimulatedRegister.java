// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import vigie.faults.thresholds.history.Change.Outcome;
import vigie.faults.thresholds.history.Event.Kind;

/**
 * A register in memory, and clients whose requests and answers take a random time, so that they
 * overlap. Each operation takes effect at one step, in the order of the steps: what the clients see
 * is linearizable by construction.
 */
final class SimulatedRegister {

  static final String EXERCISE = "e";
  static final String SETTLED = "settled";
  static final double SETTLED_THRESHOLD = 50;

  private static final int STEP = 10;
  private static final int LONGEST = 60;
  private static final int SCORES = 100;

  final List<Change> changes = new ArrayList<>();
  final List<Reading> readings = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  final List<Judgement> judgements = new ArrayList<>();

  private final SplittableRandom random;
  private long now;
  private long version;
  private Value value = Value.NONE;
  private int requests;

  SimulatedRegister(long seed) {
    this.random = new SplittableRandom(seed);
    changes.add(
        new Change(
            SETTLED,
            new Value(SETTLED_THRESHOLD),
            Condition.ANY,
            Outcome.ACKNOWLEDGED,
            1,
            new TimeRange(-STEP, -1)));
  }

  SimulatedRegister run(int operations) {
    for (int i = 0; i < operations; i++) {
      now += STEP;
      switch (random.nextInt(10)) {
        case 0, 1 -> change(new Value(++requests / 16.0), condition());
        case 2 -> change(Value.NONE, random.nextBoolean() ? Condition.ANY : condition());
        case 3, 4 -> read();
        default -> judge();
      }
    }
    return this;
  }

  History history() {
    return new History(changes, readings, events, judgements, Liveness.UNLIMITED);
  }

  private Condition condition() {
    return switch (random.nextInt(4)) {
      case 0 -> Condition.ABSENT;
      case 1 -> new Condition(Math.max(1, version - random.nextInt(2)));
      default -> Condition.ANY;
    };
  }

  private void change(Value wanted, Condition condition) {
    boolean met =
        condition.equals(Condition.ANY)
            || (condition.equals(Condition.ABSENT) && !value.isThreshold())
            || (condition.version() == version && value.isThreshold());
    boolean nothingToDelete = !wanted.isThreshold() && !value.isThreshold();
    if (random.nextInt(8) == 0) {
      add(wanted, condition, Outcome.REFUSED, 0);
    } else if (nothingToDelete) {
      boolean anything = condition.equals(Condition.ANY);
      add(
          wanted,
          condition,
          anything ? Outcome.NOT_FOUND : Outcome.CONFLICT,
          anything ? 0 : version);
    } else if (!met) {
      add(wanted, condition, Outcome.CONFLICT, version);
    } else {
      version++;
      value = wanted;
      boolean told = random.nextInt(5) > 0;
      add(
          wanted,
          condition,
          told ? Outcome.ACKNOWLEDGED : Outcome.INDETERMINATE,
          told ? version : 0);
    }
  }

  private void add(Value wanted, Condition condition, Outcome outcome, long seen) {
    // What cannot be known to have conflicted is not said to have: a creation wants none.
    boolean conflict = outcome == Outcome.CONFLICT;
    if (!conflict || wanted.isThreshold()) {
      changes.add(new Change(EXERCISE, wanted, condition, outcome, seen, span()));
    }
  }

  private void read() {
    readings.add(
        value.isThreshold()
            ? new Reading(EXERCISE, version, value, span())
            : Reading.absent(EXERCISE, span()));
  }

  private void judge() {
    TimeRange span = span();
    double score = random.nextInt(SCORES) / 16.0;
    String student = "s-" + events.size();
    TimeRange sent = new TimeRange(span.from(), span.from());
    events.add(new Event(student, EXERCISE, score, sent, true, Kind.TRIAL));
    events.add(new Event(student, SETTLED, 0, sent, true, Kind.WITNESS));
    UUID id = new UUID(random.nextLong(), random.nextLong());
    if (value.fails(score)) {
      judgements.add(
          new Judgement(id, student, EXERCISE, score, version, value.percent(), span.to()));
    }
    judgements.add(
        new Judgement(
            new UUID(1, id.getLeastSignificantBits()),
            student,
            SETTLED,
            0,
            1,
            SETTLED_THRESHOLD,
            span.to()));
  }

  /** Around this step, over some others. */
  private TimeRange span() {
    return new TimeRange(now - random.nextInt(LONGEST), now + random.nextInt(LONGEST));
  }
}
