// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.erasure;

import java.util.stream.StreamSupport;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.util.Tasks;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import vigie.analytics.archive.ErasedRow;
import vigie.analytics.spark.RootCause;

/**
 * Those who are to be forgotten, in one table of the archive.
 *
 * @param path the table's name in Spark
 */
public record TableErasure(SparkSession spark, Table table, String path, ErasureScope scope) {

  private static final int MOST_TRIES = 5;

  /**
   * A property of the table, so that the next run knows what one that was killed has begun: the
   * sequence number of the snapshot that made rows blank; empty until there is one.
   */
  private static final String UNFINISHED = "vigie.forgetting";

  /** Whether rows may name a student: in a column, or in bytes that are no event. */
  boolean isPossible() {
    return has(ErasedRow.STUDENT) || has("value");
  }

  /** Rows that name them now. */
  long named() {
    return count(path);
  }

  /** Rows that name them in any snapshot that there is; a row of several snapshots counts once. */
  long everNamed() {
    table.refresh();
    return new RetainedFiles(table, scope.filter(table)).read(spark, this::namedAmong);
  }

  /** Nothing deletes rows by files of their own, so that the snapshot's total is exact. */
  long rows() {
    Snapshot current = table.currentSnapshot();
    return current == null
        ? 0
        : Long.parseLong(current.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP));
  }

  long snapshots() {
    return StreamSupport.stream(table.snapshots().spliterator(), false).count();
  }

  /**
   * Makes those rows {@link ErasedRow}s: files that hold one are written again without, others
   * stay. What is appended meanwhile stands, and may name them. Where maintenance has replaced a
   * file meanwhile it is done again.
   */
  public void blank() {
    table
        .updateProperties()
        .set(UNFINISHED, "")
        .set(TableProperties.UPDATE_ISOLATION_LEVEL, "snapshot")
        .set(TableProperties.UPDATE_MODE, "copy-on-write")
        .commit();
    again(
        () ->
            spark.sql(
                "UPDATE %s SET %s WHERE %s"
                    .formatted(path, ErasedRow.assignments(table.schema()), scope.namedIn(table)),
                scope.arguments()));
    table.refresh();
    table.updateProperties().set(UNFINISHED, Long.toString(newestSequence())).commit();
  }

  /** A manifest keeps the bounds of the files that its snapshot took away, ids among them. */
  void rewriteManifests() {
    again(
        () -> {
          table.refresh();
          // Spark's own action leaves a manifest that is the only one of its partition spec.
          table
              .rewriteManifests()
              .rewriteIf(ManifestFile::hasDeletedFiles)
              .clusterBy(file -> "")
              .commit();
        });
  }

  /** Whether rows were made blank since it was last finished, by this run or one before. */
  boolean isUnfinished() {
    return table.properties().containsKey(UNFINISHED);
  }

  /**
   * The sequence number of a snapshot in which rows are blank, and so they are in all later ones:
   * that of the newest where a run was killed before it wrote the number down.
   */
  long blankSequence() {
    String sequence = table.properties().get(UNFINISHED);
    return sequence.matches("\\d+") ? Long.parseLong(sequence) : newestSequence();
  }

  private long newestSequence() {
    return table.currentSnapshot().sequenceNumber();
  }

  void finish() {
    table.updateProperties().remove(UNFINISHED).commit();
  }

  private static void again(Runnable work) {
    Tasks.foreach(work)
        .retry(MOST_TRIES - 1)
        .shouldRetryTest(e -> RootCause.of(e).isCausedBy(ValidationException.class))
        .throwFailureWhenFinished()
        .run(Runnable::run);
  }

  /** Named parameters need SQL, and SQL a name for the rows: another for each table. */
  private long namedAmong(Dataset<Row> rows) {
    String view = "retained_" + table.name().replaceAll("\\W", "_");
    rows.createOrReplaceTempView(view);
    try {
      return count(view);
    } finally {
      spark.catalog().dropTempView(view);
    }
  }

  private long count(String rows) {
    return spark
        .sql(
            "SELECT count(*) FROM %s WHERE %s".formatted(rows, scope.namedIn(table)),
            scope.arguments())
        .head()
        .getLong(0);
  }

  private boolean has(String column) {
    return table.schema().findField(column) != null;
  }
}
