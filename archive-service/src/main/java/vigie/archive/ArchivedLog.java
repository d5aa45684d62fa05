// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import vigie.warehouse.ArchivedOffsets;

/**
 * What the table says of the log that it archives of one partition.
 *
 * @param topicId of the topic whose partition it is
 * @param epoch which of the partition's logs it is
 * @param archived the first offset that the table does not hold
 * @param next where reading goes on: {@code archived}, or behind the gap that begins there
 * @param leaderEpoch of the leader that appended the last record that is archived
 * @param behind where Kafka's log was found to part from what is archived
 */
record ArchivedLog(
    Optional<String> topicId,
    int epoch,
    long archived,
    long next,
    OptionalInt leaderEpoch,
    OptionalLong behind) {

  /** The offsets that Kafka's log holds, from {@code first} to before {@code end}. */
  record Bounds(long first, long end) {}

  /** A partition that is new to the table begins at 0, wherever retention left off. */
  static ArchivedLog in(Map<String, String> properties, int partition) {
    long archived = ArchivedOffsets.nextIn(properties, partition).orElse(0);
    return new ArchivedLog(
        ArchivedOffsets.topicIdIn(properties),
        ArchivedOffsets.epochIn(properties, partition),
        archived,
        ArchivedOffsets.pastGaps(properties, partition, archived),
        ArchivedOffsets.leaderEpochIn(properties, partition),
        ArchivedOffsets.logBehindIn(properties, partition));
  }

  boolean isOf(String topic) {
    return topicId.equals(Optional.of(topic));
  }

  /** Whether Kafka's log ends before what is archived, now or when it was looked at before. */
  boolean isAhead(Bounds log) {
    return next > log.end();
  }

  /**
   * Why this log cannot be read on, with the command by which an operator decides; empty when it
   * can.
   */
  Optional<String> obstacle(String topic, Bounds log, String table, int partition) {
    if (topicId.equals(Optional.of(ArchivedOffsets.UNKNOWN_TOPIC))) {
      return Optional.of(
          "the table may be of another topic than Kafka's, a log of which ends before what is archived; deploy/audit accept-topic %1$s begins with Kafka's, with --same the table goes on with it"
              .formatted(table));
    }
    if (!isOf(topic)) {
      return Optional.of(
          "the table archives the topic of id %s, but Kafka has another one, of id %s; deploy/audit accept-topic %s begins with it"
              .formatted(topicId.orElse("none"), topic, table));
    }
    if (behind.isPresent()) {
      return Optional.of(
          "the table needs offset %d next, but the log was another one from offset %d on; deploy/audit accept-log %s %d goes on there"
              .formatted(next, behind.getAsLong(), table, partition));
    }
    if (next < log.first()) {
      return Optional.of(
          "the table needs offset %d next, but the log holds [%d, %d); deploy/audit accept-gap %s %d gives up what is missing"
              .formatted(next, log.first(), log.end(), table, partition));
    }
    return Optional.empty();
  }
}
