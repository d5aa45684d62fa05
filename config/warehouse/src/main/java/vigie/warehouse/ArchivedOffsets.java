// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.util.List;
import java.util.Map;
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

  private static final String NEXT = "vigie.offset.";
  private static final String FIRST = "vigie.first-offset.";
  private static final String GAPS = "vigie.gap.";

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

  public static OptionalLong nextIn(Map<String, String> properties, int partition) {
    return number(properties.get(next(partition)));
  }

  public static OptionalLong firstIn(Map<String, String> properties, int partition) {
    return number(properties.get(first(partition)));
  }

  /** The accepted gaps of a partition, oldest first. */
  public static List<Gap> gapsIn(Map<String, String> properties, int partition) {
    String gaps = properties.getOrDefault(gaps(partition), "");
    return Stream.of(gaps.split(",", 0)).filter(gap -> !gap.isEmpty()).map(Gap::parse).toList();
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
