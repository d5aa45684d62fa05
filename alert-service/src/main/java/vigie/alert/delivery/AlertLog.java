// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import vigie.alert.AlertConfig;

/**
 * All alerts that Kafka holds, readable from any position: the newest from memory, older ones from
 * Kafka. Every unit reads from here; nothing is kept per unit.
 */
@Singleton
class AlertLog {

  private final int capacity;
  private final Replay replay;
  private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
  private volatile List<Ring> rings = List.of();

  AlertLog(AlertConfig config, Replay replay, MeterRegistry metrics) {
    this.capacity = config.delivery().ring();
    this.replay = replay;
    Gauge.builder("vigie.units.connected", listeners, Set::size)
        .description("Patrol units connected to this instance")
        .register(metrics);
  }

  /** At most {@code max} alerts after {@code from}; none when there are no newer ones yet. */
  Uni<Slice> read(Position from, int max) {
    List<Ring> now = rings;
    List<Run> runs = new ArrayList<>(now.size());
    for (int i = 0; i < now.size(); i++) {
      Optional<Run> run = now.get(i).read(from.offset(i), max);
      if (run.isEmpty()) {
        return replayed(now, from, max);
      }
      runs.add(run.get());
    }
    return Uni.createFrom().item(Slice.merge(runs, from, max));
  }

  /** The partition that is furthest behind comes first, so that all catch up evenly. */
  private Uni<Slice> replayed(List<Ring> rings, Position from, int max) {
    int furthest = 0;
    for (int i = 1; i < rings.size(); i++) {
      if (missing(rings, from, i) > missing(rings, from, furthest)) {
        furthest = i;
      }
    }
    int partition = furthest;
    return replay
        .read(partition, from.offset(partition), max)
        .map(run -> Slice.of(partition, run, from));
  }

  private static long missing(List<Ring> rings, Position from, int partition) {
    return rings.get(partition).missing(from.offset(partition));
  }

  /**
   * The position to resume at for a unit that says it was at {@code wanted}. An offset that Kafka
   * has not reached comes from another life of the topic; such a partition starts over.
   */
  Uni<Position> resume(Position wanted) {
    if (newest().covers(wanted)) {
      return Uni.createFrom().item(wanted);
    }
    return replay
        .ends(rings.size())
        .map(
            ends -> {
              Position resumed = wanted;
              for (int i = 0; i < wanted.partitions(); i++) {
                if (wanted.offset(i) > ends.offset(i)) {
                  resumed = resumed.with(i, 0);
                }
              }
              return resumed;
            });
  }

  /** After the newest alert that this instance has seen. */
  Position newest() {
    return Position.of(rings.stream().mapToLong(Ring::next).toArray());
  }

  boolean isOpen() {
    return !rings.isEmpty();
  }

  /** Calls {@code listener}, on the thread that appends, whenever there is something new. */
  void listen(Runnable listener) {
    listeners.add(listener);
  }

  void forget(Runnable listener) {
    listeners.remove(listener);
  }

  int capacity() {
    return capacity;
  }

  int partitions() {
    return rings.size();
  }

  /** Adds a partition whose alerts will be appended from {@code start} on. */
  void addPartition(long start) {
    List<Ring> more = new ArrayList<>(rings);
    more.add(new Ring(capacity, start));
    rings = List.copyOf(more);
  }

  void append(int partition, long offset, Optional<LoggedAlert> alert) {
    rings.get(partition).append(offset, alert);
  }

  void appended() {
    listeners.forEach(Runnable::run);
  }
}
