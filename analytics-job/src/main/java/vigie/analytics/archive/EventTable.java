// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.archive;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import vigie.analytics.spark.SparkSessions;
import vigie.warehouse.ArchivedOffsets;

/**
 * The tables of archive-service that figures are made of. The order is that of the query's sources
 * and so of the offsets in its checkpoint.
 */
public enum EventTable {
  RESULTS(
      "result",
      "id exerciseId studentId latitude longitude occurredAt=timestamp score appendedAt"
          + " kafkaOffset"),
  ALERTS("alert", "id exerciseId latitude longitude occurredAt appendedAt kafkaOffset"),
  ACTIVITY("activity", "id page type durationMillis appendedAt kafkaOffset");

  /** The row that all three have in common. */
  public static final StructType ROW =
      StructType.fromDDL(
          "kind STRING, id STRING, exerciseId STRING, studentId STRING, latitude DOUBLE, longitude"
              + " DOUBLE, occurredAt TIMESTAMP, score DOUBLE, page STRING, type STRING,"
              + " durationMillis BIGINT, appendedAt TIMESTAMP, kafkaOffset BIGINT");

  /** In alerts only. */
  private static final String ESCALATED_AT = "escalatedAt";

  /** Where archive-service keeps its tables. */
  static final Namespace NAMESPACE = Namespace.of("exam");

  private final String kind;

  /** The fields of {@link #ROW} that the table has, with its own name for one; others are null. */
  private final String taken;

  EventTable(String kind, String taken) {
    this.kind = kind;
    this.taken = taken;
  }

  public String lowerName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public TableIdentifier identifier() {
    return TableIdentifier.of(NAMESPACE, lowerName());
  }

  /** The table's name in Spark. */
  public String path() {
    return SparkSessions.CATALOG + "." + identifier();
  }

  /** The column that says what an event is about. */
  public String subject() {
    return this == ACTIVITY ? "page" : "exerciseId";
  }

  /** Its number among the query's sources. */
  public int source() {
    return List.of(values()).indexOf(this);
  }

  public static Optional<EventTable> of(TableIdentifier identifier) {
    return Arrays.stream(values()).filter(table -> table.identifier().equals(identifier)).findAny();
  }

  /** The rows of a snapshot, whose columns are those that the table had then. */
  public Dataset<Row> asOf(SparkSession spark, long snapshotId) {
    Dataset<Row> rows =
        spark.sql("SELECT * FROM %s VERSION AS OF %d".formatted(path(), snapshotId));
    return List.of(rows.columns()).contains(ArchivedOffsets.APPENDED_AT)
        ? rows
        : rows.withColumn(
            ArchivedOffsets.APPENDED_AT, functions.lit(null).cast(DataTypes.TimestampType));
  }

  /**
   * The events of all three tables, each in an {@link ArchiveStream}.
   *
   * @param memory how long before now what the first batch brings was archived, at most
   * @param countedFrom events that were appended before are left out
   */
  public static Dataset<Row> streams(
      SparkSession spark, Duration memory, Optional<Instant> countedFrom) {
    return Arrays.stream(values())
        .map(table -> table.stream(spark, memory, countedFrom))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  /**
   * The events of the exam that began at this instant. Rows of before there was the column are
   * older. An alert that is raised again belongs to the exam that raised it first.
   */
  public static Dataset<Row> appendedSince(Optional<Instant> instant, Dataset<Row> rows) {
    if (instant.isEmpty()) {
      return rows;
    }
    Dataset<Row> since = rows.filter(functions.col(ArchivedOffsets.APPENDED_AT).geq(instant.get()));
    return List.of(rows.columns()).contains(ESCALATED_AT)
        ? since.filter(functions.col(ESCALATED_AT).isNull())
        : since;
  }

  /**
   * archive-service only appends; what maintenance rewrites or deletes has been counted, and when a
   * student is forgotten all is counted again.
   */
  private Dataset<Row> stream(SparkSession spark, Duration memory, Optional<Instant> countedFrom) {
    Dataset<Row> rows =
        spark
            .readStream()
            .format(ArchiveSource.class.getName())
            .option(ArchiveSource.TABLE, name())
            .option(ArchiveSource.MEMORY, memory.toString())
            .option("streaming-skip-overwrite-snapshots", true)
            .option("streaming-skip-delete-snapshots", true)
            .load()
            .filter(ErasedRow.not(this));
    return appendedSince(countedFrom, rows).selectExpr(row());
  }

  /** Whether archive-service has added all that make up {@link #ROW}. */
  boolean isComplete(Schema columns) {
    return namesByField().values().stream().allMatch(name -> columns.findField(name) != null);
  }

  /** Of the table those that make up {@link #ROW}, and what tells an alert that is raised again. */
  Set<String> columns() {
    Set<String> columns = new HashSet<>(namesByField().values());
    columns.add(ESCALATED_AT);
    return columns;
  }

  private String[] row() {
    Map<String, String> names = namesByField();
    return Arrays.stream(ROW.fields())
        .map(
            field ->
                "CAST(%s AS %s) AS %s"
                    .formatted(value(field.name(), names), field.dataType().sql(), field.name()))
        .toArray(String[]::new);
  }

  private String value(String field, Map<String, String> names) {
    return field.equals("kind") ? "'%s'".formatted(kind) : names.getOrDefault(field, "NULL");
  }

  private Map<String, String> namesByField() {
    return Arrays.stream(taken.split(" ", 0))
        .map(field -> field.split("=", 2))
        .collect(toMap(field -> field[0], field -> field[field.length - 1]));
  }
}
