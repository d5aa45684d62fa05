// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

import java.util.List;
import java.util.stream.Stream;

/** What was seen from outside in one run. */
public record History(
    List<Change> changes,
    List<Reading> readings,
    List<Event> events,
    List<Judgement> judgements,
    Liveness liveness) {

  public History {
    changes = List.copyOf(changes);
    readings = List.copyOf(readings);
    events = List.copyOf(events);
    judgements = List.copyOf(judgements);
  }

  /** The same with judgements that became known later. */
  public History with(List<Judgement> more) {
    return new History(
        changes,
        readings,
        events,
        Stream.concat(judgements.stream(), more.stream()).toList(),
        liveness);
  }

  public long changes(Change.Outcome outcome) {
    return changes.stream().filter(change -> change.outcome() == outcome).count();
  }

  public long acceptedEvents() {
    return events.stream().filter(Event::accepted).count();
  }
}
