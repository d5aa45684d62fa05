// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.roaringbitmap.longlong.Roaring64Bitmap;
import vigie.warehouse.ArchivedOffsets;
import vigie.warehouse.FormerLog;

/**
 * What there is to say of one log of one table.
 *
 * @param partition its number; with that of the log behind it when Kafka has another log by now
 * @param low where the archive of the log has to begin
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
    String partition,
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
   * @param topicId of the topic, the same before the table was read and after it
   * @param start taken before the table was read, so that retention cannot make up a gap
   * @param end taken after it, exclusive
   * @param required what an hour needs to be archived, exclusive
   */
  record Log(String topicId, long start, long end, OptionalLong required) {}

  boolean isExact() {
    return problems.isEmpty();
  }

  /** Of the log that the table goes on with. */
  static Finding of(
      String name,
      int partition,
      Map<String, String> properties,
      Coverage rows,
      Roaring64Bitmap deadLetters,
      Log log) {
    long high = ArchivedOffsets.nextIn(properties, partition).orElse(0);
    long low = ArchivedOffsets.beginningIn(properties, partition);
    Balance balance =
        Balance.of(low, high, ArchivedOffsets.gapsIn(properties, partition), rows, deadLetters);
    List<String> problems = new ArrayList<>(balance.problems());

    long awaited = ArchivedOffsets.pastGaps(properties, partition, high);
    Optional<String> another = anotherTopic(properties, log);
    boolean same = another.isEmpty();
    another.ifPresent(problems::add);
    if (same) {
      problems.addAll(againstKafka(properties, partition, awaited, log));
    }
    if (log.required().isPresent() && (!same || high < log.required().getAsLong())) {
      problems.add(
          "behind: archived up to %d, the hour needs %d"
              .formatted(same ? high : 0, log.required().getAsLong()));
    }
    return new Finding(
        name,
        Integer.toString(partition),
        low,
        high,
        rows.rows(),
        balance.letters(),
        balance.givenUp(),
        balance.missing() + (same ? Math.max(0, log.start() - awaited) : 0),
        rows.repeated().getLongCardinality(),
        Math.max(0, log.end() - (same ? high : 0)),
        List.copyOf(problems));
  }

  /** Of a log that Kafka has no more: the rows alone tell. */
  static Finding of(String name, FormerLog former, Coverage rows, Roaring64Bitmap deadLetters) {
    Balance balance = Balance.of(former.first(), former.next(), former.gaps(), rows, deadLetters);
    return new Finding(
        name,
        label(new LogNumber(former.partition(), former.epoch())),
        former.first(),
        former.next(),
        rows.rows(),
        balance.letters(),
        balance.givenUp(),
        balance.missing(),
        rows.repeated().getLongCardinality(),
        0,
        List.copyOf(balance.problems()));
  }

  /** Of rows that the table does not account for. */
  static Finding ofUnknownLog(String name, LogNumber log, Coverage rows) {
    return new Finding(
        name,
        label(log),
        0,
        0,
        rows.rows(),
        0,
        0,
        0,
        rows.repeated().getLongCardinality(),
        0,
        List.of("rows of a log that the table does not name: " + Range.text(rows.offsets())));
  }

  private static String label(LogNumber log) {
    return log.partition() + "@" + log.epoch();
  }

  /** A table that holds nothing yet may name no topic. */
  private static Optional<String> anotherTopic(Map<String, String> properties, Log log) {
    Optional<String> archived = ArchivedOffsets.topicIdIn(properties);
    boolean isEmpty = ArchivedOffsets.partitionsIn(properties).findAny().isEmpty();
    if (archived.map(log.topicId()::equals).orElse(isEmpty)) {
      return Optional.empty();
    }
    return Optional.of(
        archived.isEmpty()
            ? "the table does not name its topic yet; archive-service enters it when it starts"
            : "another topic: the table archives that of id %s, Kafka has one of id %s; the partition waits for accept-topic"
                .formatted(archived.get(), log.topicId()));
  }

  /**
   * @param awaited where the archive reads on
   */
  private static List<String> againstKafka(
      Map<String, String> properties, int partition, long awaited, Log log) {
    List<String> problems = new ArrayList<>();
    if (log.start() > awaited) {
      problems.add(
          "gap: Kafka lost %s before it was archived; the partition waits for accept-gap"
              .formatted(new Range(awaited, log.start())));
    }
    OptionalLong behind = ArchivedOffsets.logBehindIn(properties, partition);
    if (log.end() < awaited) {
      problems.add(
          "Kafka's log ends at %d, before what is archived: it lost records, or began anew; the partition waits for accept-log"
              .formatted(log.end()));
    } else if (behind.isPresent()) {
      problems.add(
          "Kafka's log was another one from offset %d on; the partition waits for accept-log"
              .formatted(behind.getAsLong()));
    }
    return problems;
  }
}
