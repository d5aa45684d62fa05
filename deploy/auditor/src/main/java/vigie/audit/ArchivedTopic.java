// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import vigie.warehouse.ArchiveCatalog;

/** What has to be archived, by the auditor's own list: the writer's could lack something. */
enum ArchivedTopic {
  RESULTS("vigie.results"),
  ACTIVITY("vigie.activity"),
  ALERTS("vigie.alerts"),
  DEPLOYMENTS("vigie.deployments"),
  DEAD_LETTERS("vigie.dead-letters");

  private final String topic;

  ArchivedTopic(String topic) {
    this.topic = topic;
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
