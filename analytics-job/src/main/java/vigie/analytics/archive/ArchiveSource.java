// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.archive;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.spark.ScanTaskSetManager;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.spark.source.SparkMicroBatchStream;
import org.apache.iceberg.spark.source.SparkRewriteTable;
import org.apache.iceberg.spark.source.SparkTable;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A table of the archive as an {@link ArchiveStream}, for Spark, which knows it by its name. */
public final class ArchiveSource implements TableProvider {

  /** The option that names the {@link EventTable}. */
  static final String TABLE = "table";

  /** The option that says how old what the table holds may be, to be in the first batch. */
  static final String MEMORY = "memory";

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return events(options).read;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return events(new CaseInsensitiveStringMap(properties));
  }

  private static Events events(CaseInsensitiveStringMap options) {
    EventTable events = EventTable.valueOf(options.get(TABLE));
    try {
      var table = Spark3Util.loadIcebergTable(SparkSession.active(), events.path());
      return new Events(table, SparkSchemaUtil.convert(table.schema().select(events.columns())));
    } catch (NoSuchTableException | ParseException e) {
      throw new IllegalStateException(events.path() + " cannot be read", e);
    }
  }

  /**
   * @param read the columns that figures are made of: of a stream Spark prunes none
   */
  private record Events(org.apache.iceberg.Table table, StructType read) implements SupportsRead {

    @Override
    public String name() {
      return table.name();
    }

    @Override
    public Column[] columns() {
      return Arrays.stream(read.fields())
          .map(field -> Column.create(field.name(), field.dataType(), field.nullable()))
          .toArray(Column[]::new);
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(TableCapability.MICRO_BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
      return () -> new EventScan(this, options);
    }

    private Scan scan(SupportsRead version, CaseInsensitiveStringMap options) {
      ScanBuilder builder = version.newScanBuilder(options);
      ((SupportsPushDownRequiredColumns) builder).pruneColumns(read);
      return builder.build();
    }
  }

  private record EventScan(Events events, CaseInsensitiveStringMap options) implements Scan {

    @Override
    public StructType readSchema() {
      return events.read;
    }

    @Override
    public MicroBatchStream toMicroBatchStream(String checkpoint) {
      Scan appended = events.scan(new SparkTable(events.table()), options);
      return new ArchiveStream(
          (SparkMicroBatchStream) appended.toMicroBatchStream(checkpoint), this::partitions);
    }

    /** Of what the table held as of a snapshot that which may have been archived lately. */
    private InputPartition[] partitions(long snapshotId) {
      Duration memory = Duration.parse(options.get(MEMORY));
      List<FileScanTask> young = RecentFiles.of(events.table(), snapshotId, memory);
      if (young.isEmpty()) {
        return new InputPartition[0];
      }
      String set = UUID.randomUUID().toString();
      ScanTaskSetManager.get().stageTasks(events.table(), set, young);
      try {
        return events
            .scan(new SparkRewriteTable(events.table(), set), CaseInsensitiveStringMap.empty())
            .toBatch()
            .planInputPartitions();
      } finally {
        ScanTaskSetManager.get().removeTasks(events.table(), set);
      }
    }
  }
}
