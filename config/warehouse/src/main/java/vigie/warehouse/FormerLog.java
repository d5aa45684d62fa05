// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vigie.warehouse.ArchivedOffsets.Gap;

/**
 * A log of a Kafka partition that an operator has given up for another one. Its rows stay, with
 * their epoch: offsets are unique within one only.
 *
 * @param first where its archive begins
 * @param next the first offset that is not archived, and never will be
 */
public record FormerLog(int partition, int epoch, long first, long next, List<Gap> gaps) {

  private static final String PROPERTY = "vigie.former-log.";

  private static final String WITHOUT = " without ";

  /** All that the table says anything about. */
  public static Stream<FormerLog> in(Map<String, String> properties) {
    return properties.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(PROPERTY))
        .map(
            entry ->
                parse(
                    entry.getKey().substring(PROPERTY.length()).split("\\.", 2), entry.getValue()));
  }

  /** The properties of a table that goes on with the first log of each partition of a topic. */
  public static Map<String, String> acceptTopic(Map<String, String> properties, String topicId) {
    Map<String, String> changed = new HashMap<>(properties);
    List<Integer> partitions = ArchivedOffsets.partitionsIn(properties).toList();
    int epoch =
        Stream.concat(
                    in(properties).map(FormerLog::epoch),
                    partitions.stream().map(number -> ArchivedOffsets.epochIn(properties, number)))
                .mapToInt(Integer::intValue)
                .max()
                .orElse(-1)
            + 1;
    partitions.forEach(partition -> giveUp(changed, partition));
    changed.put(ArchivedOffsets.TOPIC_ID, topicId);
    changed.put(ArchivedOffsets.TOPIC_EPOCH, Integer.toString(epoch));
    return changed;
  }

  /**
   * The properties of a table that goes on with a partition's log where it parts from what is
   * archived. Records that an unclean election or a restored backup has replaced are rows of the
   * former log, those that stand in their place are rows of this one.
   */
  public static Map<String, String> acceptLog(
      Map<String, String> properties, int partition, long from) {
    Map<String, String> changed = new HashMap<>(properties);
    giveUp(changed, partition);
    String epoch = Integer.toString(ArchivedOffsets.epochIn(properties, partition) + 1);
    changed.put(ArchivedOffsets.partitionEpoch(partition), epoch);
    changed.put(ArchivedOffsets.first(partition), Long.toString(from));
    changed.put(ArchivedOffsets.next(partition), Long.toString(from));
    return changed;
  }

  private static void giveUp(Map<String, String> properties, int partition) {
    FormerLog former =
        new FormerLog(
            partition,
            ArchivedOffsets.epochIn(properties, partition),
            ArchivedOffsets.beginningIn(properties, partition),
            ArchivedOffsets.nextIn(properties, partition).orElse(0),
            ArchivedOffsets.gapsIn(properties, partition));
    properties.put(PROPERTY + partition + "." + former.epoch(), former.text());
    properties.remove(ArchivedOffsets.next(partition));
    properties.remove(ArchivedOffsets.first(partition));
    properties.remove(ArchivedOffsets.gaps(partition));
    properties.remove(ArchivedOffsets.leaderEpoch(partition));
    properties.remove(ArchivedOffsets.logBehind(partition));
    properties.remove(Completeness.until(partition));
    properties.remove(ArchivedOffsets.partitionEpoch(partition));
  }

  private static FormerLog parse(String[] partitionAndEpoch, String text) {
    String[] parts = text.split(WITHOUT, 2);
    Gap bounds = Gap.parse(parts[0]);
    return new FormerLog(
        Integer.parseInt(partitionAndEpoch[0]),
        Integer.parseInt(partitionAndEpoch[1]),
        bounds.from(),
        bounds.to(),
        parts.length == 1 ? List.of() : Gap.parseAll(parts[1]));
  }

  /** Such as {@code 0-100 without 10-15,31-40}. */
  private String text() {
    String bounds = new Gap(first, next).toString();
    return gaps.isEmpty()
        ? bounds
        : bounds + WITHOUT + gaps.stream().map(Gap::toString).collect(Collectors.joining(","));
  }
}
