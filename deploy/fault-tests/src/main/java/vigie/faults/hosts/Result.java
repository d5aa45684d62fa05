// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import vigie.faults.thresholds.history.Checker;

/** What came out of one run. */
record Result(
    long seed, Schedule schedule, History history, List<Violation> violations, long witnesses) {

  private static final int SHOWN = 5;

  static Result of(long seed, Schedule schedule, History history) {
    List<Violation> violations = new ArrayList<>(DeliveryChecker.check(history));
    LivenessChecker liveness = new LivenessChecker(schedule, history);
    violations.addAll(liveness.check());
    Checker.check(history.thresholds()).stream()
        .map(one -> new Violation(one.promise().name(), one.detail()))
        .forEach(violations::add);
    return new Result(seed, schedule, history, violations, liveness.witnesses());
  }

  boolean breaks(String promise) {
    return violations.stream().anyMatch(one -> one.promise().equals(promise));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "seed %d: %s%n  %d of %d results accepted, %d changes, %d alerts, %d claims;"
                + " %d prove that the majority went on; recovered in %.1f s",
            seed,
            schedule,
            history.thresholds().acceptedEvents(),
            history.thresholds().events().size(),
            history.thresholds().changes().size(),
            history.thresholds().judgements().size(),
            history.claims().size(),
            witnesses,
            history.recovery().toMillis() / 1e3));
    if (!violations.isEmpty()) {
      text.append("%n  %d VIOLATIONS".formatted(violations.size()));
      violations.stream().limit(SHOWN).forEach(one -> text.append("\n    ").append(one));
    }
    return text.toString();
  }
}
