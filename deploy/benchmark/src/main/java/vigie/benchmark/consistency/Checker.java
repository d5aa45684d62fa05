// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.consistency;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import vigie.benchmark.consistency.Put.Outcome;
import vigie.benchmark.consistency.Violation.Promise;

/**
 * Holds a history against the promises. Each of its methods is one of them.
 *
 * <p>Only what real time orders is compared: a change was there for an event if it was acknowledged
 * before the event was sent. What overlaps may have happened in either order, and a change without
 * an acknowledgement at any time or never.
 */
final class Checker {

  private final History history;
  private final Map<UUID, Event> events;
  private final Map<String, List<Put>> puts;
  private final List<Violation> violations = new ArrayList<>();

  private Checker(History history) {
    this.history = history;
    this.events = history.events().stream().collect(toMap(Event::id, event -> event));
    this.puts = history.puts().stream().collect(groupingBy(Put::exercise));
  }

  static List<Violation> check(History history) {
    Checker checker = new Checker(history);
    checker.aChangeIsNeverMissed();
    checker.versionsNeverGoBack();
    checker.whatWasUsedIsNeverTakenBack();
    checker.aVersionHasOneValue();
    checker.everyAcceptedEventIsJudged();
    checker.anEventHasOneAlertId();
    return checker.violations;
  }

  /** The version used is at least that of every change acknowledged before the event was sent. */
  private void aChangeIsNeverMissed() {
    Map<String, NavigableMap<Long, Put>> newest = new HashMap<>();
    puts.forEach((exercise, all) -> newest.put(exercise, newestByAnswer(all)));
    for (Judgement judgement : history.judgements()) {
      Event event = events.get(judgement.eventId());
      if (event == null) {
        report(Promise.NOTHING_IS_MADE_UP, "nobody sent the event of %s".formatted(judgement));
        continue;
      }
      var before = newest.getOrDefault(event.exercise(), new TreeMap<>()).lowerEntry(event.sent());
      if (before != null && judgement.version() < before.getValue().version()) {
        report(
            Promise.A_CHANGE_IS_NEVER_MISSED,
            "%s was sent %.3f ms after %s was acknowledged, but judged by version %d"
                .formatted(
                    event,
                    (event.sent() - before.getKey()) / 1e6,
                    before.getValue(),
                    judgement.version()));
      }
    }
  }

  /** By the instant of an acknowledgement, the acknowledged change of the highest version. */
  private static NavigableMap<Long, Put> newestByAnswer(List<Put> puts) {
    NavigableMap<Long, Put> newest = new TreeMap<>();
    puts.stream()
        .filter(Put::isAcknowledged)
        .sorted(Comparator.comparingLong(Put::answered))
        .forEach(
            put -> {
              var last = newest.lastEntry();
              newest.put(
                  put.answered(),
                  last == null || last.getValue().version() < put.version()
                      ? put
                      : last.getValue());
            });
    return newest;
  }

  /** A change that was sent after another one was acknowledged has the higher version. */
  private void versionsNeverGoBack() {
    for (List<Put> all : puts.values()) {
      NavigableMap<Long, Put> newest = newestByAnswer(all);
      for (Put put : all) {
        var before = newest.lowerEntry(put.sent());
        if (put.isAcknowledged()
            && before != null
            && put.version() <= before.getValue().version()) {
          report(
              Promise.VERSIONS_NEVER_GO_BACK,
              "%s was sent after %s".formatted(put, before.getValue()));
        }
      }
    }
  }

  /** An event sent after another one was judged is judged by the same version or a later one. */
  private void whatWasUsedIsNeverTakenBack() {
    Map<String, TreeMap<Instant, Judgement>> newest = new HashMap<>();
    history.judgements().stream()
        .sorted(Comparator.comparing(Judgement::at))
        .forEach(
            judgement -> {
              var before = newest.computeIfAbsent(judgement.exercise(), e -> new TreeMap<>());
              if (before.isEmpty()
                  || before.lastEntry().getValue().version() < judgement.version()) {
                before.put(judgement.at(), judgement);
              }
            });
    for (Judgement judgement : history.judgements()) {
      Event event = events.get(judgement.eventId());
      var before =
          event == null ? null : newest.get(judgement.exercise()).lowerEntry(event.sentAt());
      if (before != null && judgement.version() < before.getValue().version()) {
        report(
            Promise.WHAT_WAS_USED_IS_NEVER_TAKEN_BACK,
            "%s was sent after %s, but judged by version %d"
                .formatted(event, before.getValue(), judgement.version()));
      }
    }
  }

  /** Whoever speaks of a version means the same value, and one that somebody really asked for. */
  private void aVersionHasOneValue() {
    Map<Seen, Double> values = new HashMap<>();
    for (Put put : history.puts()) {
      if (put.isAcknowledged()) {
        sameValue(values, new Seen(put.exercise(), put.version()), put.value(), put);
      }
    }
    for (Judgement judgement : history.judgements()) {
      Seen seen = new Seen(judgement.exercise(), judgement.version());
      sameValue(values, seen, judgement.threshold(), judgement);
      aJudgementUsesWhatWasAskedFor(judgement);
    }
  }

  private void sameValue(Map<Seen, Double> values, Seen seen, double value, Object who) {
    Double other = values.putIfAbsent(seen, value);
    if (other != null && other != value) {
      report(Promise.A_VERSION_HAS_ONE_VALUE, "%s, but it was %s before".formatted(who, other));
    }
  }

  private record Seen(String exercise, long version) {}

  private void aJudgementUsesWhatWasAskedFor(Judgement judgement) {
    List<Put> same =
        puts.getOrDefault(judgement.exercise(), List.of()).stream()
            .filter(put -> put.value() == judgement.threshold())
            .toList();
    if (same.isEmpty()) {
      report(
          Promise.NOTHING_IS_MADE_UP, "nobody asked for the threshold of %s".formatted(judgement));
    }
    for (Put put : same) {
      if (put.outcome() == Outcome.REFUSED) {
        report(Promise.WHAT_WAS_REFUSED_NEVER_HAPPENS, "%s, but %s".formatted(put, judgement));
      }
      if (put.isAcknowledged() && put.version() != judgement.version()) {
        report(Promise.A_VERSION_HAS_ONE_VALUE, "%s, but %s".formatted(put, judgement));
      }
    }
  }

  private void everyAcceptedEventIsJudged() {
    Map<UUID, List<Judgement>> judged =
        history.judgements().stream().collect(groupingBy(Judgement::eventId));
    for (Event event : history.events()) {
      if (event.accepted() && !judged.containsKey(event.id())) {
        report(Promise.EVERY_ACCEPTED_EVENT_IS_JUDGED, "%s was not".formatted(event));
      }
    }
  }

  private void anEventHasOneAlertId() {
    Map<UUID, UUID> alerts = new HashMap<>();
    for (Judgement judgement : history.judgements()) {
      UUID other = alerts.putIfAbsent(judgement.eventId(), judgement.alertId());
      if (other != null && !other.equals(judgement.alertId())) {
        report(Promise.AN_EVENT_HAS_ONE_ALERT_ID, "%s, but %s before".formatted(judgement, other));
      }
    }
  }

  private void report(Promise promise, String detail) {
    violations.add(new Violation(promise, detail));
  }
}
