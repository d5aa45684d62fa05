// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import vigie.events.Alert;
import vigie.events.DeploymentReport;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;
import vigie.events.RawEventReader;
import vigie.events.ThresholdChange;
import vigie.events.UserActivity;
import vigie.warehouse.ArchiveCatalog;

/** What has to be archived, by the auditor's own list: the writer's could lack something. */
enum ArchivedTopic {
  RESULTS("vigie.results", ExerciseResult.class),
  ACTIVITY("vigie.activity", UserActivity.class),
  ALERTS("vigie.alerts", Alert.class),
  DEPLOYMENTS("vigie.deployments", DeploymentReport.class),
  THRESHOLD_CHANGES("vigie.threshold-changes", ThresholdChange.class),
  DEAD_LETTERS("vigie.dead-letters", null);

  private final String topic;
  private final Class<? extends SpecificRecordBase> event;

  /**
   * @param event null where there are none
   */
  ArchivedTopic(String topic, Class<? extends SpecificRecordBase> event) {
    this.topic = topic;
    this.event = event;
  }

  /** Reads this topic's events; empty where there are none. */
  Optional<RawEventReader> reader() {
    return Optional.ofNullable(event)
        .map(type -> RawEventReader.of(EventCodec.schema(type.asSubclass(SpecificRecord.class))));
  }

  static Optional<ArchivedTopic> named(String topic) {
    return Arrays.stream(values()).filter(archived -> archived.topic.equals(topic)).findFirst();
  }

  String topic() {
    return topic;
  }

  String table() {
    return name().toLowerCase(Locale.ROOT);
  }

  TableIdentifier identifier() {
    return TableIdentifier.of("exam", table());
  }

  /**
   * The table as it is now.
   *
   * @throws IllegalArgumentException when the catalog has no such table
   */
  Table in(ArchiveCatalog catalog) throws IOException {
    return catalog
        .find(identifier())
        .orElseThrow(() -> new IllegalArgumentException(table() + " does not exist"));
  }

  /**
   * @throws IllegalArgumentException when there is no such table
   */
  static ArchivedTopic ofTable(String table) {
    return Arrays.stream(values())
        .filter(archived -> archived.table().equals(table))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s is none of %s"
                        .formatted(
                            table, Arrays.stream(values()).map(ArchivedTopic::table).toList())));
  }
}
