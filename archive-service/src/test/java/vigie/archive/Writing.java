// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import vigie.archive.OffsetLedger.Advance;
import vigie.archive.table.ArchiveTable;
import vigie.archive.table.EventTable;
import vigie.events.UndecodableEventException;
import vigie.warehouse.ArchivedOffsets;

/** What archive-service does with a table of results, step by step. */
final class Writing {

  private static final Duration SOON = Duration.ofSeconds(30);

  private Writing() {}

  /** Files with the offsets [from, to). */
  static Commit commit(Table table, int partition, long from, long to) {
    return commit(table, partition, from, to, EventTable.RESULTS);
  }

  static Commit commit(Table table, int partition, long from, long to, ArchiveTable source) {
    TableWriter writer = new TableWriter(table, source);
    try {
      for (long offset = from; offset < to; offset++) {
        writer.write(Events.record(partition, offset), 0);
      }
    } catch (UndecodableEventException e) {
      throw new IllegalStateException(e);
    }
    return new Commit(
        table,
        writer.complete(),
        ArchivedOffsets.topicIdIn(table.properties()),
        Map.of(partition, step(from, to)));
  }

  static Advance step(long from, long to) {
    return new Advance(0, from, to, OptionalInt.empty(), Optional.empty());
  }

  static String metadataFile(Table table) {
    return ((HasTableOperations) table).operations().current().metadataFileLocation();
  }

  static void eventually(ThrowingRunnable assertion) {
    Awaitility.await().atMost(SOON).untilAsserted(assertion);
  }
}
