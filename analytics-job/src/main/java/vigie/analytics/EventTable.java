// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The tables of archive-service that figures are made of. The order is that of the query's sources
 * and so of the offsets in its checkpoint.
 */
enum EventTable {
  RESULTS("result", "id exerciseId latitude longitude score"),
  ALERTS("alert", "id exerciseId latitude longitude"),
  ACTIVITY("activity", "id page type durationMillis");

  /** The row that all three have in common. */
  static final StructType ROW =
      StructType.fromDDL(
          "kind STRING, id STRING, exerciseId STRING, latitude DOUBLE, longitude DOUBLE,"
              + " score DOUBLE, page STRING, type STRING, durationMillis BIGINT");

  private final String kind;

  /** The columns of {@link #ROW} that are taken from the table; the others are null. */
  private final String taken;

  EventTable(String kind, String taken) {
    this.kind = kind;
    this.taken = taken;
  }

  String lowerName() {
    return name().toLowerCase(Locale.ROOT);
  }

  TableIdentifier identifier() {
    return TableIdentifier.of("exam", lowerName());
  }

  /** The table's name in Spark. */
  String path() {
    return Engine.CATALOG + "." + identifier();
  }

  /** Every event of all three tables, in one stream. */
  static Dataset<Row> streams(SparkSession spark) {
    return Arrays.stream(values())
        .map(table -> table.stream(spark))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  /** archive-service only appends; what maintenance rewrites or deletes has been counted. */
  private Dataset<Row> stream(SparkSession spark) {
    return spark
        .readStream()
        .option("streaming-skip-overwrite-snapshots", true)
        .option("streaming-skip-delete-snapshots", true)
        .table(path())
        .selectExpr(row());
  }

  private String[] row() {
    Set<String> columns = Set.of(taken.split(" ", 0));
    return row(
        field -> field.name().equals("kind") ? "'%s'".formatted(kind) : field.name(),
        field -> field.name().equals("kind") || columns.contains(field.name()));
  }

  /** {@link #ROW} of nulls. */
  static String[] nothing() {
    return row(StructField::name, field -> false);
  }

  private static String[] row(
      Function<StructField, String> value, Predicate<StructField> hasValue) {
    return Arrays.stream(ROW.fields())
        .map(
            field ->
                "CAST(%s AS %s) AS %s"
                    .formatted(
                        hasValue.test(field) ? value.apply(field) : "NULL",
                        field.dataType().sql(),
                        field.name()))
        .toArray(String[]::new);
  }
}
