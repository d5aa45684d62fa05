// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.consistency;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Notes what happens in one run; safe for use by several threads. */
final class Recorder {

  private final Queue<Put> puts = new ConcurrentLinkedQueue<>();
  private final Queue<Event> events = new ConcurrentLinkedQueue<>();

  void put(Put put) {
    puts.add(put);
  }

  void events(List<Event> sent) {
    events.addAll(sent);
  }

  Set<UUID> accepted() {
    return events.stream().filter(Event::accepted).map(Event::id).collect(Collectors.toSet());
  }

  History history(List<Judgement> judgements) {
    return new History(List.copyOf(puts), List.copyOf(events), judgements);
  }
}
