// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What shows that a threshold was at this version at an instant of this span.
 *
 * @param value what the version stands for, if that is shown too
 * @param isChange whether an acknowledged change shows it
 * @param source the operation, for messages
 */
record Observation(
    long version, Optional<Value> value, TimeRange span, boolean isChange, Object source) {

  /** Nothing where no version is known: the change may not have happened. */
  static Stream<Observation> of(Change change) {
    return switch (change.outcome()) {
      case ACKNOWLEDGED ->
          Stream.of(
              new Observation(
                  change.version(), Optional.of(change.value()), change.span(), true, change));
      case CONFLICT ->
          Stream.of(
              new Observation(change.version(), Optional.empty(), change.span(), false, change));
      case NOT_FOUND, INDETERMINATE, REFUSED -> Stream.of();
    };
  }

  /** Nothing for an absence, which shows no version. */
  static Stream<Observation> of(Reading reading) {
    return reading.value().isThreshold()
        ? Stream.of(
            new Observation(
                reading.version(), Optional.of(reading.value()), reading.span(), false, reading))
        : Stream.of();
  }

  /** The threshold was read after the result was sent, and before its alert was raised. */
  static Observation of(Judgement judgement, Event event) {
    return new Observation(
        judgement.version(),
        Optional.of(new Value(judgement.threshold())),
        new TimeRange(event.span().from(), judgement.at()),
        false,
        judgement);
  }

  @Override
  public String toString() {
    return source.toString();
  }
}
