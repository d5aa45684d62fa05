// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.iceberg.util.Tasks;
import org.apache.spark.sql.SparkSession;

/**
 * One student in one table of the archive.
 *
 * @param path the table's name in Spark
 */
record Erasure(SparkSession spark, Table table, String path, String student) {

  private static final int MOST_TRIES = 5;

  /** Whether rows may name a student: in a column, or in bytes that are no event. */
  boolean isPossible() {
    return has("studentId") || has("value");
  }

  /** Rows that name the student now. */
  long named() {
    return count(path, about());
  }

  /** Rows that name the student in any snapshot that there is. */
  long everNamed() {
    table.refresh();
    long rows = 0;
    for (Snapshot snapshot : table.snapshots()) {
      rows += count(path + " VERSION AS OF " + snapshot.snapshotId(), about());
    }
    return rows;
  }

  long rows() {
    return count(path, "true");
  }

  long snapshots() {
    return StreamSupport.stream(table.snapshots().spliterator(), false).count();
  }

  /**
   * Makes them {@link ForgottenRow}s: files that hold one are written again without. What is
   * appended meanwhile stands, and may name the student. Where maintenance has replaced a file
   * meanwhile it is done again.
   */
  void blank() {
    table
        .updateProperties()
        .set(TableProperties.UPDATE_ISOLATION_LEVEL, "snapshot")
        .set(TableProperties.UPDATE_MODE, "copy-on-write")
        .commit();
    again(
        () ->
            spark.sql(
                "UPDATE %s SET %s WHERE %s"
                    .formatted(path, ForgottenRow.assignments(table.schema()), about()),
                arguments()));
    // A manifest keeps the bounds of the files that its snapshot took away, ids among them.
    again(
        () -> {
          table.refresh();
          SparkActions.get(spark).rewriteManifests(table).execute();
        });
  }

  private static void again(Runnable work) {
    Tasks.foreach(work)
        .retry(MOST_TRIES - 1)
        .shouldRetryTest(e -> Failure.of(e).isCausedBy(ValidationException.class))
        .throwFailureWhenFinished()
        .run(Runnable::run);
  }

  private long count(String rows, String condition) {
    return spark
        .sql("SELECT count(*) FROM %s WHERE %s".formatted(rows, condition), arguments())
        .head()
        .getLong(0);
  }

  /** A dead letter is about whom its key names, or else its bytes: rather one too many. */
  private String about() {
    return has("studentId")
        ? "studentId = :student"
        : "`key` = encode(:student, 'UTF-8') OR contains(`value`, encode(:student, 'UTF-8'))";
  }

  private boolean has(String column) {
    return table.schema().findField(column) != null;
  }

  private Map<String, Object> arguments() {
    return Map.of("student", student);
  }
}
