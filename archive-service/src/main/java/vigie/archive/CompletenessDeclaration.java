// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.Table;
import vigie.archive.OffsetLedger.Advance;
import vigie.warehouse.ArchivedOffsets;
import vigie.warehouse.Completeness;
import vigie.warehouse.PropertiesUpdate;

/**
 * Declares the {@link Completeness} of partitions that brought no rows, by a commit of properties
 * only: no snapshot, so that no reader takes it for news. A commit with rows declares that of its
 * own partitions.
 *
 * @param partitions of the topic
 * @param interval between two commits of a table with rows
 */
record CompletenessDeclaration(
    String topicId, int partitions, Map<Integer, Advance> advances, Duration interval) {

  /** An idle table is committed once in so many intervals. */
  private static final int INTERVALS = 6;

  /** However long they are: half of analytics-job's interval, so that idle figures are not late. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** Commits where a partition's instant is older in the table than it has to be. */
  void declare(Table table) {
    if (isDue(table.properties())) {
      PropertiesUpdate.commit(table, this::declaredIn);
    }
  }

  boolean isDue(Map<String, String> properties) {
    Map<String, String> declared = declaredIn(properties);
    return !partitionsIn(declared).equals(partitionsIn(properties))
        || advances.keySet().stream().anyMatch(partition -> isOld(partition, properties, declared));
  }

  /**
   * The properties, and what this instance knows by them: a partition is complete up to its instant
   * if the table holds all that was read until then, whichever instance committed it.
   */
  Map<String, String> declaredIn(Map<String, String> properties) {
    Map<String, String> declared = new HashMap<>(properties);
    if (ArchivedOffsets.topicIdIn(properties).filter(topicId::equals).isPresent()) {
      declared.put(Completeness.PARTITIONS, Integer.toString(partitions));
      advances.forEach(
          (partition, advance) -> {
            if (isHeld(properties, partition, advance)) {
              advance
                  .completeUntil()
                  .ifPresent(
                      until -> declared.put(Completeness.until(partition), until.toString()));
            }
          });
    }
    return declared;
  }

  private static boolean isHeld(Map<String, String> properties, int partition, Advance advance) {
    return ArchivedOffsets.epochIn(properties, partition) == advance.epoch()
        && ArchivedOffsets.nextIn(properties, partition).orElse(0) >= advance.to();
  }

  private static String partitionsIn(Map<String, String> properties) {
    return properties.getOrDefault(Completeness.PARTITIONS, "");
  }

  private boolean isOld(
      int partition, Map<String, String> properties, Map<String, String> declared) {
    Instant before = Completeness.untilIn(properties, partition).orElse(Instant.MIN);
    Instant now = Completeness.untilIn(declared, partition).orElse(Instant.MIN);
    Duration behind = Duration.between(before, now);
    return behind.compareTo(LONGEST) >= 0
        || behind.compareTo(interval.multipliedBy(INTERVALS)) >= 0;
  }
}
