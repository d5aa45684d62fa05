// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.io.PrintStream;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.iceberg.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vigie.warehouse.ArchiveCatalog;
import vigie.warehouse.ArchivedOffsets;
import vigie.warehouse.ArchivedOffsets.Gap;

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
   * The log's start is taken before the table's next offset: the other way round, retention and a
   * writer that goes on could make up a gap that is none.
   */
  @Override
  public Integer call() throws Exception {
    ArchivedTopic archived = ArchivedTopic.ofTable(table);
    try (KafkaLogs kafka = systems.kafka();
        ArchiveCatalog catalog = systems.catalog()) {
      Long start = kafka.starts(archived.topic()).get(partition);
      Table current =
          catalog
              .find(archived.identifier())
              .orElseThrow(() -> new IllegalArgumentException(table + " does not exist"));
      Map<String, String> properties = current.properties();
      OptionalLong next = ArchivedOffsets.nextIn(properties, partition);
      if (start == null || next.isEmpty()) {
        throw new IllegalArgumentException(
            "%s archives nothing of partition %d".formatted(table, partition));
      }
      Gap gap = new Gap(ArchivedOffsets.pastGaps(properties, partition, next.getAsLong()), start);
      if (gap.from() >= gap.to()) {
        throw new IllegalArgumentException(
            "%s %d has no gap: it reads on at %d, and Kafka has all from %d on"
                .formatted(table, partition, gap.from(), gap.to()));
      }
      current
          .updateProperties()
          .set(ArchivedOffsets.gaps(partition), ArchivedOffsets.withGap(properties, partition, gap))
          .commit();
      out.printf(
          "%s %d: %s is given up; archive-service goes on at %d with its next commit%n",
          table, partition, new Range(gap.from(), gap.to()), gap.to());
    }
    return 0;
  }
}
