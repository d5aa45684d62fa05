// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vigie.faults.thresholds.history.Change.Outcome;
import vigie.faults.thresholds.history.Event.Kind;
import vigie.faults.thresholds.history.Violation.Promise;

/**
 * Holds a history against the promises. Each of its checks is one of them.
 *
 * <p>Only what real time orders is compared: a change was there for an event if it was acknowledged
 * before the event was sent. What overlaps may have happened in either order, and a change without
 * an acknowledgement at any time or never. {@link Register} says why this is enough.
 */
public final class Checker {

  /** A student takes an exercise once. */
  private record Key(String student, String exercise) {}

  private final History history;
  private final Map<Key, Event> events;
  private final Map<Key, List<Judgement>> judgements;
  private final Map<String, Register> registers;
  private final List<Violation> violations = new ArrayList<>();

  private Checker(History history) {
    this.history = history;
    this.events = history.events().stream().collect(toMap(Checker::key, event -> event));
    this.judgements = history.judgements().stream().collect(groupingBy(Checker::key));
    this.registers = registers();
  }

  /** All that is wrong with the history. */
  public static List<Violation> check(History history) {
    Checker checker = new Checker(history);
    for (Register register : checker.registers.values()) {
      checker.aVersionHasOneValue(register);
      checker.everyValueWasAskedFor(register);
      checker.versionsFollowTime(register);
      checker.noVersionIsSeenBeforeItsChange(register);
      checker.conditionsAreKept(register);
      checker.absenceIsTrue(register);
    }
    checker.absencesShownToStaffAreTrue();
    checker.anAlertFollowsFromItsScore();
    checker.noAlertIsMissing();
    checker.everyAcceptedEventIsJudged();
    checker.anEventHasOneAlertId();
    checker.judgingGoesOn();
    checker.aServerThatIsAloneIsNotBelieved();
    return checker.violations;
  }

  /** Each statement about a version means the same value, and no value has two versions. */
  private void aVersionHasOneValue(Register register) {
    Map<Long, Value> values = new HashMap<>();
    Map<Value, Long> versions = new HashMap<>();
    for (Observation sighting : register.sightings()) {
      if (sighting.value().isEmpty()) {
        continue;
      }
      Value value = sighting.value().get();
      Value other = values.putIfAbsent(sighting.version(), value);
      Long version = value.isThreshold() ? versions.putIfAbsent(value, sighting.version()) : null;
      if (other != null && !other.equals(value)) {
        report(
            Promise.A_VERSION_HAS_ONE_VALUE, "%s, but it was %s before".formatted(sighting, other));
      } else if (version != null && version != sighting.version()) {
        report(
            Promise.A_VERSION_HAS_ONE_VALUE,
            "%s, but it was version %d before".formatted(sighting, version));
      }
    }
  }

  /** What is shown was asked for, and was not refused. */
  private void everyValueWasAskedFor(Register register) {
    Map<Value, List<Change>> requests =
        register.changes().stream().collect(groupingBy(Change::value));
    for (Observation sighting : register.sightings()) {
      if (sighting.value().isEmpty()) {
        continue;
      }
      List<Change> same = requests.getOrDefault(sighting.value().get(), List.of());
      if (same.isEmpty()) {
        report(
            Promise.NOTHING_IS_MADE_UP, "no change asked for the value of %s".formatted(sighting));
      } else if (same.stream().noneMatch(Change::mayHaveHappened)) {
        report(
            Promise.WHAT_WAS_REFUSED_NEVER_HAPPENS, "%s, but %s".formatted(same.get(0), sighting));
      }
    }
  }

  /** What begins after something ended shows at least its version. */
  private void versionsFollowTime(Register register) {
    for (Observation sighting : register.sightings()) {
      long sent = sighting.span().from();
      Optional<Observation> change = register.newestChangeBefore(sent).filter(isLater(sighting));
      Optional<Observation> seen = register.newestSightingBefore(sent).filter(isLater(sighting));
      if (change.isPresent()) {
        report(
            sighting.isChange() ? Promise.VERSIONS_NEVER_GO_BACK : Promise.A_CHANGE_IS_NEVER_MISSED,
            "%s began %s after the acknowledgement of %s"
                .formatted(sighting, millis(sent - change.get().span().to()), change.get()));
      } else if (seen.isPresent() && !sighting.isChange()) {
        report(
            Promise.WHAT_WAS_SEEN_IS_NEVER_TAKEN_BACK,
            "%s began %s after %s"
                .formatted(sighting, millis(sent - seen.get().span().to()), seen.get()));
      }
    }
  }

  private static Predicate<Observation> isLater(Observation than) {
    return sighting -> sighting.version() > than.version();
  }

  /** Nothing shows a version before the change that made it, or an earlier one, was sent. */
  private void noVersionIsSeenBeforeItsChange(Register register) {
    for (Observation sighting : register.sightings()) {
      Optional<Map.Entry<Long, Change>> maker =
          register
              .lastMaker(sighting.version())
              .filter(last -> last.getValue().span().from() > sighting.span().to());
      if (maker.isPresent() && !sighting.isChange()) {
        report(
            maker.get().getKey() == sighting.version()
                ? Promise.NO_VERSION_IS_SEEN_BEFORE_ITS_CHANGE
                : Promise.VERSIONS_NEVER_GO_BACK,
            "%s ended %s before %s was sent"
                .formatted(
                    sighting,
                    millis(maker.get().getValue().span().from() - sighting.span().to()),
                    maker.get().getValue()));
      }
    }
  }

  /** A change with a condition replaced what the condition names; a conflict really was one. */
  private void conditionsAreKept(Register register) {
    for (Change change : register.changes()) {
      Condition condition = change.condition();
      boolean kept =
          switch (change.outcome()) {
            case ACKNOWLEDGED -> isMet(register, condition, change.version() - 1);
            case CONFLICT -> !isSurelyMet(register, condition, change.version());
            case NOT_FOUND, INDETERMINATE, REFUSED -> true;
          };
      if (!kept) {
        report(Promise.CONDITIONS_ARE_KEPT, "%s".formatted(change));
      }
    }
  }

  private static boolean isMet(Register register, Condition condition, long version) {
    boolean mayBeThreshold = register.value(version).map(Value::isThreshold).orElse(true);
    boolean mayBeNone = register.value(version).map(value -> !value.isThreshold()).orElse(true);
    return condition.equals(Condition.ANY)
        || (condition.equals(Condition.ABSENT) && mayBeNone)
        || (condition.isOnVersion() && condition.version() == version && mayBeThreshold);
  }

  private static boolean isSurelyMet(Register register, Condition condition, long version) {
    return register.value(version).isPresent() && isMet(register, condition, version);
  }

  /** Where there was no threshold to delete there can have been none. */
  private void absenceIsTrue(Register register) {
    register.changes().stream()
        .filter(change -> change.outcome() == Outcome.NOT_FOUND)
        .filter(change -> !register.mayHaveBeen(value -> !value.isThreshold(), change.span()))
        .forEach(
            change -> report(Promise.ABSENCE_IS_TRUE, "%s, but there was one".formatted(change)));
  }

  private void absencesShownToStaffAreTrue() {
    for (Reading reading : history.readings()) {
      if (!reading.value().isThreshold()
          && !register(reading.exercise())
              .mayHaveBeen(value -> !value.isThreshold(), reading.span())) {
        report(Promise.ABSENCE_IS_TRUE, "%s, but there was one".formatted(reading));
      }
    }
  }

  /** A result raises an alert only where it fails by the threshold that the alert names. */
  private void anAlertFollowsFromItsScore() {
    judgements.forEach(
        (key, all) -> {
          Event event = events.get(key);
          for (Judgement judgement : all) {
            if (event == null) {
              report(
                  Promise.NOTHING_IS_MADE_UP,
                  "no laptop sent the result of %s".formatted(judgement));
            } else if (event.score() != judgement.score()
                || !new Value(judgement.threshold()).fails(event.score())) {
              report(
                  Promise.AN_ALERT_FOLLOWS_FROM_ITS_SCORE, "%s, of %s".formatted(judgement, event));
            }
          }
        });
  }

  /**
   * A result that raised no alert was judged by a threshold that it does not fail. It was judged
   * before the alert of its witness was raised: that is the next result of its student, so it
   * follows in the same partition, and the same is true of the alerts of both.
   */
  private void noAlertIsMissing() {
    Map<String, Long> judgedBy = new HashMap<>();
    for (Judgement judgement : history.judgements()) {
      Event event = events.get(key(judgement));
      if (event != null && event.kind() == Kind.WITNESS) {
        judgedBy.merge(event.student(), judgement.at(), Math::min);
      }
    }
    for (Event event : events.values()) {
      Long until = judgedBy.get(event.student());
      if (event.kind() != Kind.TRIAL || until == null || hasAlertBy(event, until)) {
        continue;
      }
      TimeRange span = new TimeRange(event.span().from(), until);
      if (!register(event.exercise()).mayHaveBeen(value -> !value.fails(event.score()), span)) {
        report(
            Promise.NO_ALERT_IS_MISSING,
            "%s raised none within %s".formatted(event, millis(until - event.span().from())));
      }
    }
  }

  private boolean hasAlertBy(Event event, long instant) {
    return alerts(event).stream().anyMatch(alert -> alert.at() <= instant);
  }

  private void everyAcceptedEventIsJudged() {
    for (Event event : events.values()) {
      if (event.accepted() && event.alwaysAlerts() && alerts(event).isEmpty()) {
        report(Promise.EVERY_ACCEPTED_EVENT_IS_JUDGED, "%s was not".formatted(event));
      }
    }
  }

  private void anEventHasOneAlertId() {
    judgements.forEach(
        (key, all) -> {
          Set<UUID> ids = all.stream().map(Judgement::alertId).collect(Collectors.toSet());
          if (ids.size() > 1) {
            report(Promise.AN_EVENT_HAS_ONE_ALERT_ID, "%s has %s".formatted(key, ids));
          }
        });
  }

  /** What always raises an alert raises it in time. */
  private void judgingGoesOn() {
    for (Event event : events.values()) {
      long deadline = history.liveness().deadline(event);
      if (event.accepted()
          && event.alwaysAlerts()
          && !alerts(event).isEmpty()
          && !hasAlertBy(event, deadline)) {
        long first = alerts(event).stream().mapToLong(Judgement::at).min().getAsLong();
        report(
            Promise.JUDGING_GOES_ON,
            "%s was alerted %s late".formatted(event, millis(first - deadline)));
      }
    }
  }

  /** What no replica confirms is neither used nor shown. */
  private void aServerThatIsAloneIsNotBelieved() {
    for (Judgement judgement : history.judgements()) {
      if (history.liveness().isUnconfirmed(new TimeRange(judgement.at(), judgement.at()))) {
        report(Promise.A_SERVER_THAT_IS_ALONE_IS_NOT_BELIEVED, "%s".formatted(judgement));
      }
    }
    for (Reading reading : history.readings()) {
      if (history.liveness().isUnconfirmed(reading.span())) {
        report(Promise.A_SERVER_THAT_IS_ALONE_IS_NOT_BELIEVED, "%s".formatted(reading));
      }
    }
  }

  private List<Judgement> alerts(Event event) {
    return judgements.getOrDefault(key(event), List.of());
  }

  private Register register(String exercise) {
    return registers.getOrDefault(exercise, new Register(List.of(), List.of()));
  }

  private Map<String, Register> registers() {
    Map<String, List<Change>> changes =
        history.changes().stream().collect(groupingBy(Change::exercise));
    Map<String, List<Observation>> sightings = new HashMap<>();
    changes.forEach(
        (exercise, all) -> add(sightings, exercise, all.stream().flatMap(Observation::of)));
    for (Reading reading : history.readings()) {
      add(sightings, reading.exercise(), Observation.of(reading));
    }
    for (Judgement judgement : history.judgements()) {
      Event event = events.get(key(judgement));
      if (event != null) {
        add(sightings, event.exercise(), Stream.of(Observation.of(judgement, event)));
      }
    }
    Set<String> exercises = new HashSet<>(changes.keySet());
    exercises.addAll(sightings.keySet());
    return exercises.stream()
        .collect(
            toMap(
                exercise -> exercise,
                exercise ->
                    new Register(
                        changes.getOrDefault(exercise, List.of()),
                        sightings.getOrDefault(exercise, List.of()))));
  }

  private static void add(
      Map<String, List<Observation>> sightings, String exercise, Stream<Observation> more) {
    more.forEach(sightings.computeIfAbsent(exercise, one -> new ArrayList<>())::add);
  }

  private static Key key(Event event) {
    return new Key(event.student(), event.exercise());
  }

  private static Key key(Judgement judgement) {
    return new Key(judgement.student(), judgement.exercise());
  }

  private static String millis(long nanos) {
    return "%.3f ms".formatted(nanos / 1e6);
  }

  private void report(Promise promise, String detail) {
    violations.add(new Violation(promise, detail));
  }
}
