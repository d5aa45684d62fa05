// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.io.IOException;
import java.util.HashMap;
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
 * A table at one instant: its rows by Kafka partition, and what it says of itself in the very
 * metadata that lists those rows. Writers and maintenance may go on meanwhile.
 */
record ArchivedTable(Map<String, String> properties, Map<Integer, Coverage> rows) {

  static ArchivedTable read(Table table) throws IOException {
    Map<Integer, Coverage> coverage = new HashMap<>();
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table)
            .select(ArchivedOffsets.KAFKA_PARTITION, ArchivedOffsets.KAFKA_OFFSET)
            .reuseContainers()
            .build()) {
      for (Record row : rows) {
        Integer partition = (Integer) row.getField(ArchivedOffsets.KAFKA_PARTITION);
        long offset = (Long) row.getField(ArchivedOffsets.KAFKA_OFFSET);
        coverage.computeIfAbsent(partition, number -> new Coverage()).add(offset);
      }
    }
    return new ArchivedTable(table.properties(), coverage);
  }

  Coverage rows(int partition) {
    return rows.getOrDefault(partition, new Coverage());
  }

  /** Those with rows, and those that the table says anything about. */
  Set<Integer> partitions() {
    return Stream.concat(rows.keySet().stream(), ArchivedOffsets.partitionsIn(properties))
        .collect(Collectors.toSet());
  }
}
