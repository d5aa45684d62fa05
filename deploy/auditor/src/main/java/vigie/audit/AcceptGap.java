// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.iceberg.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vigie.warehouse.ArchiveCatalog;
import vigie.warehouse.ArchivedOffsets;
import vigie.warehouse.ArchivedOffsets.Gap;
import vigie.warehouse.PropertiesUpdate;

/** Gives up what Kafka deleted before it was archived, so that the partition goes on. */
@Command(
    name = "accept-gap",
    mixinStandardHelpOptions = true,
    description = {
      "Gives up offsets that Kafka deleted before they were archived.",
      "The table records them. archive-service then goes on behind them by itself; audits count"
          + " them",
      "apart, for ever.",
      ""
    })
final class AcceptGap implements Callable<Integer> {

  @Parameters(paramLabel = "TABLE", description = "For example results.")
  private String table;

  @Parameters(paramLabel = "PARTITION", description = "Of the table's topic.")
  private int partition;

  @Mixin private Systems systems;

  private final PrintStream out;

  AcceptGap(PrintStream out) {
    this.out = out;
  }

  /**
   * The command reads the log's start before the table's next offset. In the reverse order,
   * retention and a running writer could make it accept a gap that does not exist.
   */
  @Override
  public Integer call() throws Exception {
    ArchivedTopic archived = ArchivedTopic.ofTable(table);
    try (KafkaLogs kafka = systems.kafka();
        ArchiveCatalog catalog = systems.catalog()) {
      Long start = kafka.starts(archived.topic()).get(partition);
      if (start == null) {
        throw new IllegalArgumentException(
            "%s has no partition %d".formatted(archived.topic(), partition));
      }
      String topicId = kafka.topicId(archived.topic());
      Table current = archived.in(catalog);
      PropertiesUpdate.commit(current, properties -> accepted(properties, topicId, start));
      List<Gap> gaps = ArchivedOffsets.gapsIn(current.properties(), partition);
      Gap gap = gaps.get(gaps.size() - 1);
      out.printf(
          "%s %d: %s is given up; archive-service goes on at %d with its next commit%n",
          table, partition, new Range(gap.from(), gap.to()), gap.to());
    }
    return 0;
  }

  /** A partition that is new to the table begins at 0, also when retention was faster. */
  private Map<String, String> accepted(Map<String, String> properties, String topicId, long start) {
    if (!ArchivedOffsets.topicIdIn(properties).orElse(topicId).equals(topicId)) {
      throw new IllegalArgumentException(
          "%s archives another topic than the one that Kafka has; see accept-topic"
              .formatted(table));
    }
    long next = ArchivedOffsets.nextIn(properties, partition).orElse(0);
    Gap gap = gap(properties, next, start);
    if (gap.from() >= gap.to()) {
      throw new IllegalArgumentException(
          "%s %d has no gap: it reads on at %d, and Kafka has all from %d on"
              .formatted(table, partition, gap.from(), gap.to()));
    }
    Map<String, String> changed = new HashMap<>(properties);
    changed.put(ArchivedOffsets.next(partition), Long.toString(next));
    changed.put(
        ArchivedOffsets.gaps(partition), ArchivedOffsets.withGap(properties, partition, gap));
    return changed;
  }

  private Gap gap(Map<String, String> properties, long next, long start) {
    Gap ahead = new Gap(ArchivedOffsets.pastGaps(properties, partition, next), start);
    return ahead.from() < ahead.to() ? ahead : neverRead(properties);
  }

  /** Versions that began where retention left off have entered where that was. */
  private Gap neverRead(Map<String, String> properties) {
    long from =
        ArchivedOffsets.pastGaps(
            properties, partition, ArchivedOffsets.beginningIn(properties, partition));
    return new Gap(from, ArchivedOffsets.firstIn(properties, partition).orElse(from));
  }
}
