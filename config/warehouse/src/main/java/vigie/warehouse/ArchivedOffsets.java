// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table's own record of how far each Kafka partition is archived. It is kept in the table's
 * properties: unlike a snapshot's summary, they survive compaction and the expiry of snapshots.
 */
public final class ArchivedOffsets {

  /** The columns of each table that say where in Kafka a row came from. */
  public static final String KAFKA_PARTITION = "kafkaPartition";

  public static final String KAFKA_OFFSET = "kafkaOffset";

  /** Which of a partition's logs the offset is of; null stands for 0, the first. */
  public static final String KAFKA_EPOCH = "kafkaEpoch";

  /**
   * The column with the broker's time of the record, by whose day each table is partitioned; null
   * in rows from before there was the column.
   */
  public static final String APPENDED_AT = "appendedAt";

  /**
   * The epoch of the dead letter that a row was once, in the same partition; null in other rows.
   */
  public static final String LETTER_EPOCH = "letterEpoch";

  /** Its offset. */
  public static final String LETTER_OFFSET = "letterOffset";

  /** The property with Kafka's id of the topic that the offsets are of. */
  public static final String TOPIC_ID = "vigie.topic-id";

  /** The id of no topic, in a table that may be of another topic than the one that Kafka has. */
  public static final String UNKNOWN_TOPIC = "unknown";

  static final String TOPIC_EPOCH = "vigie.epoch";

  private static final String NEXT = "vigie.offset.";
  private static final String FIRST = "vigie.first-offset.";
  private static final String GAPS = "vigie.gap.";
  private static final String LEADER_EPOCH = "vigie.leader-epoch.";
  private static final String LOG_BEHIND = "vigie.log-behind.";
  private static final String PARTITION_EPOCH = TOPIC_EPOCH + ".";

  private ArchivedOffsets() {}

  /**
   * Offsets that Kafka lost before they were archived, and that an operator has given up.
   *
   * @param to exclusive
   */
  public record Gap(long from, long to) {

    static Gap parse(String text) {
      int dash = text.indexOf('-');
      return new Gap(
          Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
    }

    static List<Gap> parseAll(String gaps) {
      return Stream.of(gaps.split(",", 0)).filter(gap -> !gap.isEmpty()).map(Gap::parse).toList();
    }

    @Override
    public String toString() {
      return from + "-" + to;
    }
  }

  /** The property with the first offset that the table does not hold. */
  public static String next(int partition) {
    return NEXT + partition;
  }

  /** The property with the first offset that the table was ever meant to hold. */
  public static String first(int partition) {
    return FIRST + partition;
  }

  /** The property with the gaps that were accepted: {@code 10-15,31-40}. */
  public static String gaps(int partition) {
    return GAPS + partition;
  }

  /** The property with the epoch of the leader that appended the record before {@link #next}. */
  public static String leaderEpoch(int partition) {
    return LEADER_EPOCH + partition;
  }

  /**
   * The property with the offset at which Kafka's log was found to part from what is archived. It
   * outlasts the finding: a log that grows past {@link #next} later on is still another one.
   */
  public static String logBehind(int partition) {
    return LOG_BEHIND + partition;
  }

  /** The property with the epoch of a partition that does not have its topic's. */
  static String partitionEpoch(int partition) {
    return PARTITION_EPOCH + partition;
  }

  public static Optional<String> topicIdIn(Map<String, String> properties) {
    return Optional.ofNullable(properties.get(TOPIC_ID));
  }

  /** Which of a partition's logs the table archives now, from 0. */
  public static int epochIn(Map<String, String> properties, int partition) {
    String ofTopic = properties.getOrDefault(TOPIC_EPOCH, "0");
    return Integer.parseInt(properties.getOrDefault(partitionEpoch(partition), ofTopic));
  }

  /**
   * Where the archive of the present log had to begin: at 0, unless an operator accepted a log that
   * was behind.
   */
  public static long beginningIn(Map<String, String> properties, int partition) {
    return properties.containsKey(partitionEpoch(partition))
        ? firstIn(properties, partition).orElse(0)
        : 0;
  }

  public static OptionalInt leaderEpochIn(Map<String, String> properties, int partition) {
    OptionalLong epoch = number(properties.get(leaderEpoch(partition)));
    return epoch.isPresent() ? OptionalInt.of((int) epoch.getAsLong()) : OptionalInt.empty();
  }

  public static OptionalLong logBehindIn(Map<String, String> properties, int partition) {
    return number(properties.get(logBehind(partition)));
  }

  public static OptionalLong nextIn(Map<String, String> properties, int partition) {
    return number(properties.get(next(partition)));
  }

  public static OptionalLong firstIn(Map<String, String> properties, int partition) {
    return number(properties.get(first(partition)));
  }

  /** The accepted gaps of a partition, oldest first. */
  public static List<Gap> gapsIn(Map<String, String> properties, int partition) {
    return Gap.parseAll(properties.getOrDefault(gaps(partition), ""));
  }

  /** The value of {@link #gaps} with one more. */
  public static String withGap(Map<String, String> properties, int partition, Gap accepted) {
    return Stream.concat(gapsIn(properties, partition).stream(), Stream.of(accepted))
        .map(Gap::toString)
        .collect(Collectors.joining(","));
  }

  /** Where reading goes on from {@code offset}: behind the gap that begins there, if one does. */
  public static long pastGaps(Map<String, String> properties, int partition, long offset) {
    long next = offset;
    for (Gap gap : gapsIn(properties, partition)) {
      if (gap.from() == next) {
        next = gap.to();
      }
    }
    return next;
  }

  /** The partitions that the table says anything about. */
  public static Stream<Integer> partitionsIn(Map<String, String> properties) {
    return properties.keySet().stream()
        .filter(key -> key.startsWith(NEXT))
        .map(key -> Integer.valueOf(key.substring(NEXT.length())));
  }

  private static OptionalLong number(String value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
  }
}
