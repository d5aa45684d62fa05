// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How far each assigned partition is archived, and how far the open files will take it. */
final class OffsetLedger {

  private final Map<Integer, Advance> advances = new TreeMap<>();

  /**
   * One partition's step.
   *
   * @param epoch which of the partition's logs the offsets are of
   * @param from the table's next offset
   * @param to the table's next offset once the open files are committed
   * @param leaderEpoch of the leader that appended the record before {@code to}, where it is known
   * @param completeUntil every record that a broker appended before this instant, by its clock, is
   *     before {@code to}
   */
  record Advance(
      int epoch, long from, long to, OptionalInt leaderEpoch, Optional<Instant> completeUntil) {

    boolean isStep() {
      return from != to;
    }
  }

  void open(int partition, ArchivedLog log) {
    put(partition, log, log.next());
  }

  /** Nothing of this partition is read until it is opened. */
  void stop(int partition, ArchivedLog log) {
    put(partition, log, log.archived());
  }

  private void put(int partition, ArchivedLog log, long to) {
    advances.put(
        partition,
        new Advance(log.epoch(), log.archived(), to, log.leaderEpoch(), Optional.empty()));
  }

  /**
   * The record at this offset is in an open file, or acknowledged as a dead letter.
   *
   * @param appended by the broker's clock; later records of the partition are not older
   */
  void cover(int partition, long offset, OptionalInt leaderEpoch, Instant appended) {
    advances.compute(
        partition,
        (key, advance) ->
            new Advance(
                advance.epoch(), advance.from(), offset + 1, leaderEpoch, Optional.of(appended)));
  }

  /** The partition's log had no further record at this instant. */
  void reachedEnd(int partition, Instant instant) {
    advances.computeIfPresent(
        partition,
        (key, advance) ->
            new Advance(
                advance.epoch(),
                advance.from(),
                advance.to(),
                advance.leaderEpoch(),
                Optional.of(instant)));
  }

  Map<Integer, Advance> all() {
    return Map.copyOf(advances);
  }

  int epoch(int partition) {
    return advances.get(partition).epoch();
  }

  /** The next offset to read. */
  long next(int partition) {
    return advances.get(partition).to();
  }

  /** What there is to commit. */
  Map<Integer, Advance> steps() {
    return advances.entrySet().stream()
        .filter(entry -> entry.getValue().isStep())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  void committed() {
    advances.replaceAll(
        (partition, advance) ->
            new Advance(
                advance.epoch(),
                advance.to(),
                advance.to(),
                advance.leaderEpoch(),
                advance.completeUntil()));
  }

  void close(Predicate<Integer> partitions) {
    advances.keySet().removeIf(partitions);
  }
}
