// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.warehouse.Completeness;

class AsOfTest {

  private static final Instant TEN = Instant.parse("2026-11-30T10:00:00Z");

  @TempDir Path folder;
  private Table table;

  @BeforeEach
  void create() {
    table =
        new HadoopTables(new Configuration())
            .create(
                new Schema(Types.NestedField.required(1, "id", Types.LongType.get())),
                PartitionSpec.unpartitioned(),
                folder.resolve("results").toString());
  }

  @Test
  void aTableThatDeclaresNothingHasNoInstant() {
    assertEquals(new AsOf(Optional.empty(), "exam.results"), asOf(null));
    long snapshot = append(1, null);
    assertEquals(Optional.empty(), asOf(snapshot).instant());
  }

  @Test
  void withoutNewRowsWhatTheTableDeclaresNowCounts() {
    declare(TEN);
    assertEquals(new AsOf(Optional.of(TEN), "exam.results, partition 0"), asOf(null));
    long snapshot = append(1, TEN);
    declare(TEN.plusSeconds(60));
    assertEquals(Optional.of(TEN.plusSeconds(60)), asOf(snapshot).instant());
  }

  /** Those rows are in no figure, and what the table declares is of them. */
  @Test
  void withNewRowsWhatTheTableDeclaredByTheCommitOfTheFiguresCounts() {
    long figures = append(1, TEN);
    append(1, TEN.plusSeconds(60));
    declare(TEN.plusSeconds(60));
    assertEquals(Optional.of(TEN), asOf(figures).instant());
    assertEquals(Optional.empty(), asOf(null).instant(), "figures of none of its rows");
  }

  @Test
  void aSnapshotWithoutRowsIsNoNews() {
    long figures = append(1, TEN);
    append(0, null);
    declare(TEN.plusSeconds(60));
    assertEquals(Optional.of(TEN.plusSeconds(60)), asOf(figures).instant());
  }

  /** Compaction and erasure know nothing of Kafka. */
  @Test
  void aRewrittenTableIsAsCompleteAsBefore() {
    DataFile before = file(1);
    table.newAppend().appendFile(before).set(Completeness.SUMMARY, TEN + " 0").commit();
    table.newRewrite().deleteFile(before).addFile(file(1)).commit();
    long figures = table.currentSnapshot().snapshotId();
    append(1, TEN.plusSeconds(60));
    assertEquals(Optional.of(TEN), asOf(figures).instant());
  }

  @Test
  void theTableThatIsFurthestBehindCountsAndOneThatDeclaresNothingMost() {
    AsOf ten = new AsOf(Optional.of(TEN), "exam.results, partition 0");
    AsOf later = new AsOf(Optional.of(TEN.plusSeconds(1)), "exam.alerts, partition 0");
    AsOf never = new AsOf(Optional.empty(), "exam.activity");
    assertEquals(ten, least(later, ten));
    assertEquals(never, least(ten, never, later));
  }

  private static AsOf least(AsOf... all) {
    return Stream.of(all).min(AsOf.EARLIEST_FIRST).orElseThrow();
  }

  private AsOf asOf(Long snapshot) {
    return AsOf.of(EventTable.RESULTS.identifier(), table, snapshot);
  }

  private void declare(Instant until) {
    table
        .updateProperties()
        .set(Completeness.PARTITIONS, "1")
        .set(Completeness.until(0), until.toString())
        .commit();
  }

  private long append(long rows, Instant declared) {
    AppendFiles append = table.newAppend();
    if (rows > 0) {
      append.appendFile(file(rows));
    }
    if (declared != null) {
      append.set(Completeness.SUMMARY, declared + " 0");
    }
    append.commit();
    return table.currentSnapshot().snapshotId();
  }

  private DataFile file(long rows) {
    return DataFiles.builder(table.spec())
        .withPath(folder.resolve(Long.toString(System.nanoTime()) + ".parquet").toString())
        .withFileSizeInBytes(10)
        .withRecordCount(rows)
        .build();
  }
}
