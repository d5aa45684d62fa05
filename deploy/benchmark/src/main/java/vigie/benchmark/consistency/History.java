// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.consistency;

import java.util.List;
import java.util.stream.Stream;

/** What was seen from outside in one run. */
record History(List<Put> puts, List<Event> events, List<Judgement> judgements) {

  History {
    puts = List.copyOf(puts);
    events = List.copyOf(events);
    judgements = List.copyOf(judgements);
  }

  /** The same with judgements that became known later. */
  History with(List<Judgement> more) {
    return new History(puts, events, Stream.concat(judgements.stream(), more.stream()).toList());
  }

  long puts(Put.Outcome outcome) {
    return puts.stream().filter(put -> put.outcome() == outcome).count();
  }

  long judgedEvents() {
    return judgements.stream().map(Judgement::eventId).distinct().count();
  }
}
