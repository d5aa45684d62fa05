// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.erasure;

import static vigie.warehouse.ArchivedOffsets.APPENDED_AT;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
      return "No row names the student %s: never there, or forgotten before. Nothing is changed."
          .formatted(id);
    }

    @Override
    public boolean mayBeMistyped() {
      return true;
    }
  }

  /**
   * The students of rows that the broker appended before {@code date}. A row from before there was
   * that column counts by the clock of its sender. Iceberg plans no file of a later day.
   */
  record DaysBefore(LocalDate date) implements ErasureScope {

    /** Of results and activity, alerts, deployments, dead letters. */
    private static final List<String> SENDER_TIMES =
        List.of("timestamp", "occurredAt", "claimedAt", "sentAt");

    @Override
    public String namedIn(Table table) {
      String old = "`%s` < :midnight".formatted(senderTime(table));
      return "(%s) AND (%s)"
          .formatted(
              hasAppendedAt(table)
                  ? "%1$s < :midnight OR (%1$s IS NULL AND %2$s)".formatted(APPENDED_AT, old)
                  : old,
              ErasedRow.not(table.schema()));
    }

    @Override
    public Map<String, Object> arguments() {
      return Map.of("midnight", midnight());
    }

    @Override
    public Expression filter(Table table) {
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, midnight());
      Expression old = Expressions.lessThan(senderTime(table), micros);
      return Expressions.and(
          hasAppendedAt(table)
              ? Expressions.or(
                  Expressions.lessThan(APPENDED_AT, micros),
                  Expressions.and(Expressions.isNull(APPENDED_AT), old))
              : old,
          ErasedRow.notBlank(table.schema()));
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

    private static boolean hasAppendedAt(Table table) {
      return table.schema().findField(APPENDED_AT) != null;
    }

    /** The column by whose day the rows were partitioned before. */
    private static String senderTime(Table table) {
      return SENDER_TIMES.stream()
          .filter(column -> table.schema().findField(column) != null)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(table.name() + " has no times"));
    }
  }
}
