// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How far each assigned partition is archived, and how far the open files will take it. */
final class OffsetLedger {

  private final Map<Integer, Advance> advances = new TreeMap<>();

  /**
   * One partition's step.
   *
   * @param from the table's next offset; empty when the table has nothing of this partition yet
   * @param to the table's next offset once the open files are committed
   */
  record Advance(OptionalLong from, long to) {

    /** A partition that is new to the table advances by being entered, even without records. */
    boolean isStep() {
      return from.isEmpty() || from.getAsLong() != to;
    }
  }

  void open(int partition, OptionalLong archived, long next) {
    advances.put(partition, new Advance(archived, next));
  }

  /** The record at this offset is in an open file, or acknowledged as a dead letter. */
  void cover(int partition, long offset) {
    advances.compute(partition, (key, advance) -> new Advance(advance.from(), offset + 1));
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
        (partition, advance) -> new Advance(OptionalLong.of(advance.to()), advance.to()));
  }

  void close(Predicate<Integer> partitions) {
    advances.keySet().removeIf(partitions);
  }
}
