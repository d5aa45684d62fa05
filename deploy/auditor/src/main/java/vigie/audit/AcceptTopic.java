// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.iceberg.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vigie.warehouse.ArchiveCatalog;
import vigie.warehouse.ArchivedOffsets;
import vigie.warehouse.FormerLog;
import vigie.warehouse.PropertiesUpdate;

/** Goes on with a topic that was created again. */
@Command(
    name = "accept-topic",
    mixinStandardHelpOptions = true,
    description = {
      "Goes on with a topic that was deleted and created again. What is archived stays, as former",
      "logs of the partitions; what the former topic had besides is lost. archive-service then",
      "reads each partition of the topic that Kafka has, from offset 0 on.",
      ""
    })
final class AcceptTopic implements Callable<Integer> {

  @Parameters(paramLabel = "TABLE", description = "For example results.")
  private String table;

  @Option(
      names = "--same",
      description = {
        "The topic is the one that the table archives. For a table of",
        "a version that entered no ids, whose topic was in doubt."
      })
  private boolean same;

  @Mixin private Systems systems;

  private final PrintStream out;

  AcceptTopic(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    ArchivedTopic archived = ArchivedTopic.ofTable(table);
    try (KafkaLogs kafka = systems.kafka();
        ArchiveCatalog catalog = systems.catalog()) {
      String topicId = kafka.topicId(archived.topic());
      Table current = archived.in(catalog);
      PropertiesUpdate.commit(current, properties -> accepted(properties, topicId));
      out.printf(
          "%s: archive-service goes on with the topic of id %s%s%n",
          table, topicId, same ? "" : ", from offset 0 on");
    }
    return 0;
  }

  private Map<String, String> accepted(Map<String, String> properties, String topicId) {
    Optional<String> archived = ArchivedOffsets.topicIdIn(properties);
    if (archived.equals(Optional.of(topicId))) {
      throw new IllegalArgumentException(
          "%s archives the topic that Kafka has, of id %s".formatted(table, topicId));
    }
    if (!same) {
      return FormerLog.acceptTopic(properties, topicId);
    }
    if (!archived.equals(Optional.of(ArchivedOffsets.UNKNOWN_TOPIC))) {
      throw new IllegalArgumentException(
          "the topic is another one: its id is %s, the table archives that of id %s"
              .formatted(topicId, archived.orElse("none")));
    }
    Map<String, String> changed = new HashMap<>(properties);
    changed.put(ArchivedOffsets.TOPIC_ID, topicId);
    return changed;
  }
}
