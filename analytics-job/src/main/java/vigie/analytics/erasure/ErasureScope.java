// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.erasure;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import vigie.analytics.archive.ErasedRow;

/** Whom {@code forget} takes out of the archive: one student, or all of days that are past. */
public sealed interface ErasureScope {

  /** For SQL: which rows of a table name them, and are not blank yet. */
  String namedIn(Table table);

  /** The values in it, by their names. */
  Map<String, Object> arguments();

  /** For Iceberg: rules out files by their metrics, and never one that has such a row. */
  Expression filter(Table table);

  /** For sentences, where others would have a noun. */
  String words();

  /** The sentence for an archive without any row that names them. */
  String notFound();

  /** Whether a scope that is not found may well be a typing error of the operator. */
  boolean mayBeMistyped();

  /**
   * One student.
   *
   * @throws IllegalArgumentException when that cannot be an id
   */
  static ErasureScope student(String id) {
    if (id.isBlank()) {
      throw new IllegalArgumentException("STUDENT is blank");
    }
    // Java's replacement of bytes that it cannot read: such a name would find nothing, ever.
    if (id.indexOf('\uFFFD') >= 0) {
      throw new IllegalArgumentException(
          "STUDENT cannot be read in this locale: set LC_ALL=C.UTF-8");
    }
    return new Student(id);
  }

  /**
   * All of days before a date.
   *
   * @param today in UTC
   * @throws IllegalArgumentException when that is no date up to today
   */
  static ErasureScope before(String date, LocalDate today) {
    return new DaysBefore(date(date, today));
  }

  private static LocalDate date(String text, LocalDate today) {
    // Of years that have four digits: Java reads others too, which Spark has no instants for.
    if (!text.matches("\\d{4}-\\d{2}-\\d{2}")) {
      throw new IllegalArgumentException("--before " + text + ": a date is YYYY-MM-DD");
    }
    LocalDate date;
    try {
      date = LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("--before " + text + ": there is no such day", e);
    }
    if (date.isAfter(today)) {
      throw new IllegalArgumentException(
          "--before %s: that is in the future, today is %s (UTC)".formatted(text, today));
    }
    return date;
  }

  /** A dead letter is about whom its key names, or else its bytes: rather one too many. */
  record Student(String id) implements ErasureScope {

    @Override
    public String namedIn(Table table) {
      return table.schema().findField(ErasedRow.STUDENT) != null
          ? "studentId = :student"
          : "`key` = encode(:student, 'UTF-8') OR contains(`value`, encode(:student, 'UTF-8'))";
    }

    @Override
    public Map<String, Object> arguments() {
      return Map.of("student", id);
    }

    @Override
    public Expression filter(Table table) {
      return table.schema().findField(ErasedRow.STUDENT) != null
          ? Expressions.equal(ErasedRow.STUDENT, id)
          : Expressions.alwaysTrue();
    }

    @Override
    public String words() {
      return "the student";
    }

    @Override
    public String notFound() {
      return ("No row names the student %s: they never came, or are forgotten already. Nothing is"
              + " changed.")
          .formatted(id);
    }

    @Override
    public boolean mayBeMistyped() {
      return true;
    }
  }

  /**
   * The students who sent something on a day before {@code date}, by the column that the table's
   * days are made of. Iceberg plans whole days then, and no file of a later one.
   */
  record DaysBefore(LocalDate date) implements ErasureScope {

    @Override
    public String namedIn(Table table) {
      return "`%s` < :midnight AND (%s)".formatted(instant(table), ErasedRow.not(table.schema()));
    }

    @Override
    public Map<String, Object> arguments() {
      return Map.of("midnight", midnight());
    }

    @Override
    public Expression filter(Table table) {
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, midnight());
      return Expressions.and(
          Expressions.lessThan(instant(table), micros), ErasedRow.notBlank(table.schema()));
    }

    private Instant midnight() {
      return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @Override
    public String words() {
      return "students of days before " + date;
    }

    @Override
    public String notFound() {
      return "No row names %s. Nothing is changed.".formatted(words());
    }

    @Override
    public boolean mayBeMistyped() {
      return false;
    }

    private static String instant(Table table) {
      return table.spec().fields().stream()
          .filter(field -> field.transform().toString().equals("day"))
          .map(field -> table.schema().findColumnName(field.sourceId()))
          .findAny()
          .orElseThrow(() -> new IllegalStateException(table.name() + " has no days"));
    }
  }
}
