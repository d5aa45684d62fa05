// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.roaringbitmap.longlong.Roaring64Bitmap;
import vigie.warehouse.ArchivedOffsets;
import vigie.warehouse.ArchivedOffsets.Gap;

/**
 * What there is to say of one partition of one table.
 *
 * @param low the first offset that the archive was ever meant to hold
 * @param high the table's next offset: all of [low, high) has to be there once
 * @param letters offsets without a row that are dead letters
 * @param givenUp offsets without a row or letter whose loss an operator has accepted
 * @param gaps offsets that nothing accounts for
 * @param overlaps offsets with more than one row
 * @param behind records that Kafka has and that are not archived yet
 * @param problems a sentence for each
 */
record Finding(
    String table,
    int partition,
    long low,
    long high,
    long rows,
    long letters,
    long givenUp,
    long gaps,
    long overlaps,
    long behind,
    List<String> problems) {

  /**
   * Kafka's view of a partition.
   *
   * @param start taken before the table was read, so that retention cannot make up a gap
   * @param end taken after it, exclusive
   * @param required what an hour needs to be archived, exclusive
   */
  record Log(long start, long end, OptionalLong required) {}

  boolean isExact() {
    return problems.isEmpty();
  }

  static Finding of(
      String name,
      int partition,
      Map<String, String> properties,
      Coverage rows,
      Roaring64Bitmap deadLetters,
      Log log) {
    OptionalLong next = ArchivedOffsets.nextIn(properties, partition);
    long high = next.orElse(log.start());
    long low = ArchivedOffsets.firstIn(properties, partition).orElse(high);
    List<String> problems = new ArrayList<>();

    Roaring64Bitmap missing = Range.bitmap(low, high);
    missing.andNot(rows.offsets());
    long withoutRow = missing.getLongCardinality();
    missing.andNot(deadLetters);
    long letters = withoutRow - missing.getLongCardinality();
    for (Gap gap : ArchivedOffsets.gapsIn(properties, partition)) {
      missing.andNot(Range.bitmap(gap.from(), gap.to()));
    }
    long givenUp = withoutRow - letters - missing.getLongCardinality();
    if (!missing.isEmpty()) {
      problems.add("gap: nothing accounts for " + Range.text(missing));
    }
    if (!rows.repeated().isEmpty()) {
      problems.add("overlap: more than one row for " + Range.text(rows.repeated()));
    }
    Roaring64Bitmap outside = rows.offsets().clone();
    outside.andNot(Range.bitmap(low, high));
    if (!outside.isEmpty()) {
      problems.add("rows outside of what the table says it holds: " + Range.text(outside));
    }
    long lost = 0;
    if (next.isPresent()) {
      long awaited = ArchivedOffsets.pastGaps(properties, partition, high);
      lost = Math.max(0, log.start() - awaited);
      problems.addAll(againstKafka(low, awaited, log));
    }
    if (log.required().isPresent() && high < log.required().getAsLong()) {
      problems.add(
          "behind: archived up to %d, the hour needs %d"
              .formatted(high, log.required().getAsLong()));
    }
    return new Finding(
        name,
        partition,
        low,
        high,
        rows.rows(),
        letters,
        givenUp,
        missing.getLongCardinality() + lost,
        rows.repeated().getLongCardinality(),
        Math.max(0, log.end() - high),
        List.copyOf(problems));
  }

  /**
   * @param awaited where the archive reads on
   */
  private static List<String> againstKafka(long low, long awaited, Log log) {
    List<String> problems = new ArrayList<>();
    if (log.start() < low) {
      problems.add("passed over: Kafka still has " + new Range(log.start(), low));
    }
    if (log.start() > awaited) {
      problems.add(
          "gap: Kafka lost %s before it was archived; the partition waits for accept-gap"
              .formatted(new Range(awaited, log.start())));
    }
    if (log.end() < awaited) {
      problems.add(
          "Kafka's log ends at %d, before what is archived: it lost records, or began anew"
              .formatted(log.end()));
    }
    return problems;
  }
}
