// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import vigie.warehouse.ArchivedOffsets;

/**
 * A table at one instant: its rows by log, and what it says of itself in the very metadata that
 * lists those rows. Writers and maintenance may go on meanwhile.
 */
record ArchivedTable(Map<String, String> properties, Map<LogNumber, Coverage> rows) {

  static ArchivedTable read(Table table) throws IOException {
    List<String> columns =
        new ArrayList<>(List.of(ArchivedOffsets.KAFKA_PARTITION, ArchivedOffsets.KAFKA_OFFSET));
    boolean hasEpochs = table.schema().findField(ArchivedOffsets.KAFKA_EPOCH) != null;
    if (hasEpochs) {
      columns.add(ArchivedOffsets.KAFKA_EPOCH);
    }
    Map<LogNumber, Coverage> coverage = new HashMap<>();
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table).select(columns).reuseContainers().build()) {
      for (Record row : rows) {
        Integer partition = (Integer) row.getField(ArchivedOffsets.KAFKA_PARTITION);
        Object epoch = hasEpochs ? row.getField(ArchivedOffsets.KAFKA_EPOCH) : null;
        LogNumber log = new LogNumber(partition, epoch == null ? 0 : (Integer) epoch);
        long offset = (Long) row.getField(ArchivedOffsets.KAFKA_OFFSET);
        coverage.computeIfAbsent(log, number -> new Coverage()).add(offset);
      }
    }
    return new ArchivedTable(table.properties(), coverage);
  }

  Coverage rows(LogNumber log) {
    return rows.getOrDefault(log, new Coverage());
  }

  /** The log of a partition that the table goes on with. */
  LogNumber current(int partition) {
    return new LogNumber(partition, ArchivedOffsets.epochIn(properties, partition));
  }

  /** Those with rows, and those that the table says anything about. */
  Set<Integer> partitions() {
    return Stream.concat(
            rows.keySet().stream().map(LogNumber::partition),
            ArchivedOffsets.partitionsIn(properties))
        .collect(Collectors.toSet());
  }
}
