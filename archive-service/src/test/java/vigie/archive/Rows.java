// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import vigie.archive.table.ArchiveTable;
import vigie.warehouse.ArchivedOffsets;

/** A table as a reader sees it, by Iceberg's own catalog and reader. */
final class Rows {

  /** To read Hadoop's defaults takes much of the time in which a table is loaded. */
  private static final Configuration HADOOP = new Configuration();

  /** By where it is; each has connections of its own, to the end of the process. */
  private static final Map<ArchiveConfig.Catalog, JdbcCatalog> CATALOGS = new ConcurrentHashMap<>();

  private Rows() {}

  static Table load(ArchiveConfig config, ArchiveTable table) {
    return CATALOGS
        .computeIfAbsent(config.catalog(), catalog -> catalog(catalog, config.warehouse()))
        .loadTable(table.identifier());
  }

  private static JdbcCatalog catalog(ArchiveConfig.Catalog address, URI warehouse) {
    JdbcCatalog catalog = new JdbcCatalog();
    catalog.setConf(HADOOP);
    catalog.initialize(
        "vigie",
        Map.of(
            "uri", address.url(),
            "jdbc.user", address.user(),
            "jdbc.password", address.password(),
            "warehouse", warehouse.toString()));
    return catalog;
  }

  static List<Record> of(Table table) {
    return where(table, Expressions.alwaysTrue());
  }

  static List<Record> where(Table table, Expression holds) {
    List<Record> rows = new ArrayList<>();
    try (CloseableIterable<Record> read = IcebergGenerics.read(table).where(holds).build()) {
      read.forEach(rows::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  /**
   * The Kafka offsets of all rows by Kafka partition, sorted, with repetitions if there are any.
   */
  static Map<Integer, List<Long>> offsets(Table table) {
    Map<Integer, List<Long>> offsets = new TreeMap<>();
    for (Record row : of(table)) {
      offsets
          .computeIfAbsent(
              (Integer) row.getField(ArchivedOffsets.KAFKA_PARTITION),
              partition -> new ArrayList<>())
          .add((Long) row.getField(ArchivedOffsets.KAFKA_OFFSET));
    }
    offsets.values().forEach(list -> list.sort(null));
    return offsets;
  }

  /** Each offset below {@code end} exactly once, in the rows and by the table's own account. */
  static void assertExactlyOnce(Table table, Map<Integer, Long> ends, String context) {
    Map<Integer, List<Long>> offsets = offsets(table);
    ends.forEach(
        (partition, end) -> {
          assertEquals(
              LongStream.range(0, end).boxed().toList(),
              offsets.getOrDefault(partition, List.of()),
              context + ", partition " + partition);
          assertEquals(
              end,
              ArchivedOffsets.nextIn(table.properties(), partition).orElse(0),
              context + ", next offset of partition " + partition);
        });
  }
}
