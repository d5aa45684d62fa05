// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

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

/** Whom {@code forget} takes out of the archive: one student, or all of days that are past. */
sealed interface Whom {

  /** For SQL: which rows of a table name them, and are not blank yet. */
  String namedIn(Table table);

  /** The values in it, by their names. */
  Map<String, Object> arguments();

  /** For Iceberg: rules out files by their metrics, and never one that has such a row. */
  Expression filter(Table table);

  /** For sentences, where others would have a noun. */
  String words();

  /**
   * Reads what follows {@code forget} on the command line.
   *
   * @param today in UTC
   * @throws IllegalArgumentException when that is neither one student nor a date up to today
   */
  static Whom of(List<String> arguments, LocalDate today) {
    if (arguments.size() == 2 && arguments.get(0).equals("--before")) {
      return new EverybodyBefore(date(arguments.get(1), today));
    }
    if (arguments.size() != 1 || arguments.get(0).isBlank() || arguments.get(0).startsWith("-")) {
      throw new IllegalArgumentException(
          "forget takes either STUDENT or --before YYYY-MM-DD, not " + arguments);
    }
    return new Student(arguments.get(0));
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
  record Student(String id) implements Whom {

    @Override
    public String namedIn(Table table) {
      return table.schema().findField(ForgottenRow.STUDENT) != null
          ? "studentId = :student"
          : "`key` = encode(:student, 'UTF-8') OR contains(`value`, encode(:student, 'UTF-8'))";
    }

    @Override
    public Map<String, Object> arguments() {
      return Map.of("student", id);
    }

    @Override
    public Expression filter(Table table) {
      return table.schema().findField(ForgottenRow.STUDENT) != null
          ? Expressions.equal(ForgottenRow.STUDENT, id)
          : Expressions.alwaysTrue();
    }

    @Override
    public String words() {
      return "the student";
    }
  }

  /**
   * Whoever sent something on a day before {@code date}, by the column that the table's days are
   * made of: Iceberg plans whole days then, and no file of a later one.
   */
  record EverybodyBefore(LocalDate date) implements Whom {

    @Override
    public String namedIn(Table table) {
      return "`%s` < :midnight AND (%s)"
          .formatted(instant(table), ForgottenRow.not(table.schema()));
    }

    @Override
    public Map<String, Object> arguments() {
      return Map.of("midnight", midnight());
    }

    @Override
    public Expression filter(Table table) {
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, midnight());
      return Expressions.and(
          Expressions.lessThan(instant(table), micros), ForgottenRow.notBlank(table.schema()));
    }

    private Instant midnight() {
      return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @Override
    public String words() {
      return "students of days before " + date;
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
