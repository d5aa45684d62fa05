// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import java.util.ArrayList;
import java.util.List;
import vigie.faults.thresholds.history.Event;
import vigie.faults.thresholds.history.Judgement;

/** Nothing that was accepted is lost on its way, and an alert has one claim. */
final class DeliveryChecker {

  static final String STORED = "ACCEPTED_IS_STORED";
  static final String RECEIVED = "EVERY_ALERT_IS_RECEIVED";
  static final String ONE_CLAIM = "AN_ALERT_HAS_ONE_CLAIM";

  private DeliveryChecker() {}

  static List<Violation> check(History history) {
    List<Violation> violations = new ArrayList<>();
    for (Event event : history.thresholds().events()) {
      if (event.accepted() && !history.stored().contains(History.Key.of(event))) {
        violations.add(new Violation(STORED, "%s is not in Kafka".formatted(event)));
      }
    }
    for (Judgement judgement : history.thresholds().judgements()) {
      history
          .received()
          .forEach(
              (unit, alerts) -> {
                if (!alerts.containsKey(judgement.alertId())) {
                  violations.add(new Violation(RECEIVED, "%s by %s".formatted(judgement, unit)));
                }
              });
    }
    history
        .claims()
        .forEach(
            (alert, units) -> {
              if (units.size() > 1) {
                violations.add(
                    new Violation(ONE_CLAIM, "%s is held by %s".formatted(alert, units)));
              }
            });
    return violations;
  }
}
