// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vigie.faults.thresholds.history.Event;
import vigie.faults.thresholds.history.Event.Kind;
import vigie.faults.thresholds.history.Judgement;

/**
 * What must go on, and what must be over, in time. A majority has to do without its victims once it
 * could notice that they are away; after the faults, all has to work again.
 */
final class LivenessChecker {

  static final String ACCEPTED = "THE_MAJORITY_ACCEPTS_RESULTS";
  static final String ALERTED = "THE_MAJORITY_ALERTS";
  static final String RECOVERED = "ALL_RECOVERS";

  /** After this time without its victims, the majority accepts each result. */
  static final Duration MAX_FAILOVER = Duration.ofSeconds(10);

  /**
   * From a result that was accepted by a majority, to its alert at every unit. A unit tries a host
   * that is away for 10 s of it.
   */
  static final Duration MAX_DELIVERY = Duration.ofSeconds(20);

  /** From the end of the faults to the alerts of all that was accepted before. */
  static final Duration MAX_RECOVERY = Duration.ofSeconds(40);

  private final Schedule schedule;
  private final History history;
  private final Map<History.Key, Judgement> alerts;

  LivenessChecker(Schedule schedule, History history) {
    this.schedule = schedule;
    this.history = history;
    this.alerts =
        history.thresholds().judgements().stream()
            .collect(
                toMap(
                    one -> new History.Key(one.student(), one.exercise()),
                    one -> one,
                    (one, same) -> one.at() <= same.at() ? one : same));
  }

  List<Violation> check() {
    List<Violation> violations = new ArrayList<>();
    for (Event event : history.thresholds().events()) {
      if (mustBeAccepted(event) && !event.accepted()) {
        violations.add(new Violation(ACCEPTED, "%s was not".formatted(event)));
      }
      if (event.accepted() && event.alwaysAlerts()) {
        long late = receivedBy(event) - deadline(event);
        if (late > 0) {
          violations.add(
              new Violation(
                  isOfMajority(event) ? ALERTED : RECOVERED,
                  "%.1f s late: %s".formatted(late / 1e9, passage(event))));
        }
      }
    }
    if (history.recovery().compareTo(MAX_RECOVERY) > 0) {
      violations.add(new Violation(RECOVERED, "it took %s".formatted(history.recovery())));
    }
    return violations;
  }

  /** How many results show that the majority goes on. */
  long witnesses() {
    return history.thresholds().events().stream()
        .filter(event -> mustBeAccepted(event) || isOfMajority(event))
        .count();
  }

  private boolean mustBeAccepted(Event event) {
    return schedule.leavesMajority()
        && !schedule.victims().contains(History.ingestOf(event))
        && event.span().from() > history.faults().from() + MAX_FAILOVER.toNanos()
        && event.span().to() < history.faults().to();
  }

  /** Whether its alert has to come before the faults end. */
  private boolean isOfMajority(Event event) {
    return schedule.leavesMajority()
        && event.accepted()
        && event.kind() == Kind.SETTLED
        && deadlineOfMajority(event) < history.faults().to();
  }

  private long deadlineOfMajority(Event event) {
    return Math.max(event.span().to(), history.faults().from()) + MAX_DELIVERY.toNanos();
  }

  private long deadline(Event event) {
    return isOfMajority(event)
        ? deadlineOfMajority(event)
        : Math.max(event.span().to(), history.faults().to()) + MAX_RECOVERY.toNanos();
  }

  /** By the last unit; one that never came is missed by {@link DeliveryChecker}. */
  private long receivedBy(Event event) {
    return history.received().values().stream()
        .mapToLong(own -> received(event, own))
        .max()
        .orElse(0);
  }

  private long received(Event event, Map<UUID, Long> own) {
    Judgement alert = alerts.get(History.Key.of(event));
    return alert == null ? 0 : own.getOrDefault(alert.alertId(), 0L);
  }

  /** When the result passed each part, since the faults began. */
  private String passage(Event event) {
    Judgement alert = alerts.get(History.Key.of(event));
    return "%s was accepted at %s, alerted at %s, received at %s"
        .formatted(
            event.student(),
            seconds(event.span().to()),
            alert == null ? "no time" : seconds(alert.at()),
            history.received().entrySet().stream()
                .map(unit -> unit.getKey() + " " + seconds(received(event, unit.getValue())))
                .sorted()
                .toList());
  }

  private String seconds(long instant) {
    return "%.1f s".formatted((instant - history.faults().from()) / 1e9);
  }
}
