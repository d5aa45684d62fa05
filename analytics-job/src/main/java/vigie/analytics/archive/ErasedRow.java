// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.archive;

import static java.util.stream.Collectors.joining;
import static org.apache.iceberg.expressions.Expressions.greaterThan;
import static org.apache.iceberg.expressions.Expressions.lessThan;
import static org.apache.iceberg.expressions.Expressions.notNull;
import static org.apache.iceberg.expressions.Expressions.or;

import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Types.NestedField;
import vigie.warehouse.ArchivedOffsets;

/**
 * What is left of an archived record when its student is forgotten: its day, and where in Kafka it
 * came from. The archive goes on accounting for each offset; all else of the row is blank, its id
 * too, which is often derived from the student's.
 */
public final class ErasedRow {

  /** The column that says whom an event is about; a dead letter has none. */
  public static final String STUDENT = "studentId";

  private static final String ID = "00000000-0000-0000-0000-000000000000";
  private static final String TEXT = "[forgotten]";

  /** The last five say which record a dead letter stands for. */
  private static final Set<String> KEPT =
      Set.of(
          ArchivedOffsets.KAFKA_PARTITION,
          ArchivedOffsets.KAFKA_OFFSET,
          ArchivedOffsets.KAFKA_EPOCH,
          ArchivedOffsets.LETTER_EPOCH,
          ArchivedOffsets.LETTER_OFFSET,
          "topic",
          "partition",
          "offset",
          "epoch",
          "sender");

  private ErasedRow() {}

  /** For SQL: which rows of a table figures are made of, by a column that takes little to read. */
  public static String not(EventTable table) {
    return "%s <> '%s'".formatted(table.subject(), TEXT);
  }

  /**
   * For SQL: which rows of a table of the archive name anybody still. Said so, and not by {@code
   * <>}, that Iceberg passes over a file of forgotten rows by what its manifest tells of it.
   */
  public static String not(Schema table) {
    return table.findField(STUDENT) != null
        ? "%1$s < '%2$s' OR %1$s > '%2$s'".formatted(STUDENT, TEXT)
        : "`key` IS NOT NULL OR `value` IS NOT NULL";
  }

  /** The same for Iceberg: a file whose metrics rule this out has no such row. */
  public static Expression notBlank(Schema table) {
    return table.findField(STUDENT) != null
        ? or(lessThan(STUDENT, TEXT), greaterThan(STUDENT, TEXT))
        : or(notNull("key"), notNull("value"));
  }

  /** For SQL: what each column of a table becomes. */
  public static String assignments(Schema table) {
    return table.columns().stream()
        .filter(column -> !KEPT.contains(column.name()))
        .map(column -> "`%s` = %s".formatted(column.name(), blank(column)))
        .collect(joining(", "));
  }

  private static String blank(NestedField column) {
    if (column.isOptional() && !column.name().equals(ArchivedOffsets.APPENDED_AT)) {
      return "NULL";
    }
    return switch (column.type().typeId()) {
      case STRING -> "'" + TEXT + "'";
      case UUID -> "'" + ID + "'";
      // The day stays: tables are partitioned by it, or were.
      case TIMESTAMP -> "date_trunc('DAY', `%s`)".formatted(column.name());
      case DOUBLE -> "0D";
      case LONG -> "0L";
      default -> throw new IllegalStateException("what is blank for " + column + "?");
    };
  }
}
