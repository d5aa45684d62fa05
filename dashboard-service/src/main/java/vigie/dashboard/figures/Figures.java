// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import vigie.dashboard.DashboardConfig;
import vigie.dashboard.figures.ActivitySummary.PageActivity;
import vigie.dashboard.figures.ExerciseMinutes.Minute;
import vigie.dashboard.figures.ExerciseScores.Tenth;
import vigie.dashboard.figures.FailurePlaces.Place;
import vigie.dashboard.http.ProblemException;

/**
 * Reads the figures. Each answer is one SQL statement, and PostgreSQL shows one statement one
 * snapshot, so an answer is never half of one publication and half of the next.
 */
@ApplicationScoped
public class Figures {

  private static final Logger LOG = Logger.getLogger(Figures.class);
  private static final String UNDEFINED_TABLE = "42P01";
  private static final String NEWEST =
      "(select as_of, pass_mark from publication order by as_of desc limit 1) p ";

  private static final String RATES =
      "select p.as_of, p.pass_mark, s.students, e.* from "
          + NEWEST
          + "left join exercise_figures e on e.n > 0 left join exercise_students s using"
          + " (exercise_id)";
  private static final String PLACES =
      ofExercise(
          """
          select cell, latitude, longitude, n, failures from place_figures
          where exercise_id = e.exercise_id and resolution = $2 and failures > 0
          order by failures desc, n, cell limit $3
          """,
          "f.failures desc, f.n, f.cell");
  private static final String SCORES =
      ofExercise(
          "select decile, n from score_figures where exercise_id = e.exercise_id", "f.decile");
  private static final String MINUTES =
      ofExercise(
          """
          select minute, n, score_sum, failures from minute_figures
          where exercise_id = e.exercise_id
          """,
          "f.minute");
  private static final String STAYS =
      """
      select page, 'DWELL' as type,
             power(1.02::float8, min(step) filter (where up_to >= 0.5 * total)) as median,
             power(1.02::float8, min(step) filter (where up_to >= 0.95 * total)) as p95
      from (select page, step, sum(n) over (partition by page order by step) as up_to,
                   sum(n) over (partition by page) as total from dwell_figures) steps
      group by page
      """;
  private static final String ACTIVITY =
      "select p.as_of, a.*, s.median, s.p95 from "
          + NEWEST
          + "left join activity_figures a on true left join ("
          + STAYS
          + ") s using (page, type) order by a.page, a.type";

  private final Pool pool;
  private final DashboardConfig config;

  Figures(Pool pool, DashboardConfig config) {
    this.pool = pool;
    this.config = config;
  }

  /** One row for each of {@code figures} of the exercise $1; one without any where it has none. */
  private static String ofExercise(String figures, String order) {
    return "select p.as_of, e.exercise_id, f.* from "
        + NEWEST
        + "join exercise_figures e on e.exercise_id = $1 left join lateral ("
        + figures
        + ") f on true order by "
        + order;
  }

  Uni<SuccessRates> successRates() {
    return read(RATES, Tuple.tuple())
        .map(
            rows ->
                new SuccessRates(
                    asOf(rows),
                    passMark(rows),
                    list(rows, "exercise_id", Figures::rate).stream()
                        .sorted(
                            Comparator.comparingDouble(ExerciseRate::successRate)
                                .thenComparing(ExerciseRate::exerciseId))
                        .toList()));
  }

  Uni<FailurePlaces> failurePlaces(PlacesQuestion question) {
    String exercise = question.exerciseId();
    return readOf(
            exercise, PLACES, Tuple.of(exercise, (short) question.resolution(), question.limit()))
        .map(rows -> new FailurePlaces(asOf(rows), exercise, list(rows, "cell", Figures::place)));
  }

  Uni<ExerciseScores> scores(String exercise) {
    return readOf(exercise, SCORES, Tuple.of(exercise))
        .map(
            rows -> new ExerciseScores(asOf(rows), exercise, list(rows, "decile", Figures::tenth)));
  }

  Uni<ExerciseMinutes> minutes(String exercise) {
    return readOf(exercise, MINUTES, Tuple.of(exercise))
        .map(
            rows ->
                new ExerciseMinutes(asOf(rows), exercise, list(rows, "minute", Figures::minute)));
  }

  Uni<ActivitySummary> activity() {
    return read(ACTIVITY, Tuple.tuple())
        .map(rows -> new ActivitySummary(asOf(rows), list(rows, "page", Figures::activity)));
  }

  /** The instant at which the newest figures are true. */
  public Uni<Optional<Instant>> asOf() {
    return read("select p.as_of from " + NEWEST, Tuple.tuple())
        .map(rows -> Optional.ofNullable(asOf(rows)));
  }

  /**
   * No row at all means that the exercise is unknown. Names of any form are looked up, since
   * earlier releases took them; PostgreSQL has no text with U+0000, and would answer with an error.
   */
  private Uni<RowSet<Row>> readOf(String exercise, String sql, Tuple parameters) {
    if (exercise.indexOf('\0') >= 0) {
      return Uni.createFrom().failure(unknown(exercise));
    }
    return read(sql, parameters)
        .invoke(
            rows -> {
              if (rows.size() == 0) {
                throw unknown(exercise);
              }
            });
  }

  private static ProblemException unknown(String exercise) {
    return ProblemException.notFound(
        "unknown-exercise", "No result of the exercise %s is known".formatted(exercise));
  }

  private Uni<RowSet<Row>> read(String sql, Tuple parameters) {
    return pool.preparedQuery(sql)
        .execute(parameters)
        .ifNoItem()
        .after(config.queryTimeout())
        .fail()
        .onFailure()
        .transform(Figures::unavailable);
  }

  private static ProblemException unavailable(Throwable failure) {
    if (failure instanceof PgException sql && UNDEFINED_TABLE.equals(sql.getSqlState())) {
      return ProblemException.unavailable(
          "figures-not-ready", "analytics-job has not created its tables yet");
    }
    LOG.warnf(failure, "PostgreSQL did not answer");
    return ProblemException.unavailable("figures-unreachable", "PostgreSQL does not answer");
  }

  private static Instant asOf(RowSet<Row> rows) {
    return rows.size() == 0 ? null : rows.iterator().next().getOffsetDateTime("as_of").toInstant();
  }

  private static Double passMark(RowSet<Row> rows) {
    return rows.size() == 0 ? null : rows.iterator().next().getDouble("pass_mark");
  }

  /** The outer joins give one row without a {@code key} where there is no figure at all. */
  private static <T> List<T> list(RowSet<Row> rows, String key, Function<Row, T> read) {
    return StreamSupport.stream(rows.spliterator(), false)
        .filter(row -> row.getValue(key) != null)
        .map(read)
        .toList();
  }

  private static ExerciseRate rate(Row row) {
    return ExerciseRate.of(
        row.getString("exercise_id"),
        row.getLong("n"),
        row.getDouble("score_sum"),
        row.getDouble("score_square_sum"),
        row.getLong("failures"),
        row.getLong("not_passed"),
        row.getDouble("students"));
  }

  private static Place place(Row row) {
    return new Place(
        row.getString("cell"),
        row.getDouble("latitude"),
        row.getDouble("longitude"),
        row.getLong("n"),
        row.getLong("failures"));
  }

  private static Tenth tenth(Row row) {
    int from = 10 * row.getShort("decile");
    return new Tenth(from, from + 10, row.getLong("n"));
  }

  private static Minute minute(Row row) {
    return Minute.of(
        row.getOffsetDateTime("minute").toInstant(),
        row.getLong("n"),
        row.getDouble("score_sum"),
        row.getLong("failures"));
  }

  private static PageActivity activity(Row row) {
    return PageActivity.of(
        row.getString("page"),
        row.getString("type"),
        row.getLong("n"),
        row.getDouble("duration_millis_sum"),
        row.getDouble("median"),
        row.getDouble("p95"));
  }
}
