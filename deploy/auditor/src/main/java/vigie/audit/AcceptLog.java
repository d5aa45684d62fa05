// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.iceberg.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vigie.warehouse.ArchiveCatalog;
import vigie.warehouse.ArchivedOffsets;
import vigie.warehouse.FormerLog;
import vigie.warehouse.PropertiesUpdate;

/** Goes on with a log that lost records which are archived. */
@Command(
    name = "accept-log",
    mixinStandardHelpOptions = true,
    description = {
      "Goes on with a partition whose log lost records that are archived: by an unclean election,",
      "or since a broker was restored. What is archived stays, as a former log of the partition.",
      "archive-service then reads the log from where it parted; what both logs have from there on",
      "is in the table twice, with two epochs. To wait for the lost records is the other way.",
      ""
    })
final class AcceptLog implements Callable<Integer> {

  @Parameters(paramLabel = "TABLE", description = "For example results.")
  private String table;

  @Parameters(paramLabel = "PARTITION", description = "Of the table's topic.")
  private int partition;

  @Mixin private Systems systems;

  private final PrintStream out;

  AcceptLog(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    ArchivedTopic archived = ArchivedTopic.ofTable(table);
    try (KafkaLogs kafka = systems.kafka();
        ArchiveCatalog catalog = systems.catalog()) {
      Long end = kafka.ends(archived.topic()).get(partition);
      String topicId = kafka.topicId(archived.topic());
      if (end == null) {
        throw new IllegalArgumentException(
            "%s has no partition %d".formatted(archived.topic(), partition));
      }
      Table current = archived.in(catalog);
      PropertiesUpdate.commit(current, properties -> accepted(properties, topicId, end));
      out.printf(
          "%s %d: archive-service goes on with the log that Kafka has at %d%n",
          table, partition, ArchivedOffsets.beginningIn(current.properties(), partition));
    }
    return 0;
  }

  private Map<String, String> accepted(Map<String, String> properties, String topicId, long end) {
    if (!ArchivedOffsets.topicIdIn(properties).equals(Optional.of(topicId))) {
      throw new IllegalArgumentException(
          "%s archives another topic than the one that Kafka has; see accept-topic"
              .formatted(table));
    }
    OptionalLong behind = ArchivedOffsets.logBehindIn(properties, partition);
    long next = ArchivedOffsets.nextIn(properties, partition).orElse(0);
    if (behind.isEmpty() && end >= next) {
      throw new IllegalArgumentException(
          "%s %d is not ahead of its log: it reads on at %d, and the log ends at %d"
              .formatted(table, partition, next, end));
    }
    return FormerLog.acceptLog(properties, partition, behind.orElse(end));
  }
}
