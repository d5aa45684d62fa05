// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import vigie.faults.thresholds.history.Change;
import vigie.faults.thresholds.history.Event;
import vigie.faults.thresholds.history.History;
import vigie.faults.thresholds.history.Judgement;
import vigie.faults.thresholds.history.Liveness;
import vigie.faults.thresholds.history.Reading;
import vigie.faults.thresholds.history.TimeRange;

/** Notes what happens in one run; safe for use by several threads. */
public final class Recorder {

  /** Times of all processes are compared by the clock of the machine, which must not be set. */
  private static final Duration MAX_CLOCK_STEP = Duration.ofMillis(200);

  private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
  private final Queue<Reading> readings = new ConcurrentLinkedQueue<>();
  private final Queue<Event> events = new ConcurrentLinkedQueue<>();
  private final long clockOffset = clockOffset();

  void change(Change change) {
    changes.add(change);
  }

  void reading(Reading reading) {
    readings.add(reading);
  }

  void events(List<Event> sent) {
    events.addAll(sent);
  }

  /** The students of whom an alert has to come, whatever was changed. */
  public Set<String> expected() {
    return events.stream()
        .filter(event -> event.accepted() && event.alwaysAlerts())
        .map(Event::student)
        .collect(Collectors.toSet());
  }

  public History history(List<Judgement> judgements, Liveness liveness) {
    if (Math.abs(clockOffset() - clockOffset) > MAX_CLOCK_STEP.toNanos()) {
      throw new IllegalStateException("The clock of this machine was set during the run");
    }
    return new History(
        List.copyOf(changes), List.copyOf(readings), List.copyOf(events), judgements, liveness);
  }

  private static long clockOffset() {
    return TimeRange.now() - System.nanoTime();
  }
}
