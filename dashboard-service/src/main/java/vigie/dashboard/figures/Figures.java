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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import vigie.dashboard.DashboardConfig;
import vigie.dashboard.figures.ActivitySummary.OtherPages;
import vigie.dashboard.figures.ActivitySummary.PageActivity;
import vigie.dashboard.figures.ExerciseMinutes.Minute;
import vigie.dashboard.figures.ExerciseRate.Sums;
import vigie.dashboard.figures.ExerciseRate.ThresholdChange;
import vigie.dashboard.figures.ExerciseRate.Withheld;
import vigie.dashboard.figures.ExerciseScores.Tenth;
import vigie.dashboard.figures.FailurePlaces.Place;
import vigie.dashboard.figures.SuccessRates.Others;
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
      "(select as_of, held_back_by, pass_mark from publication limit 1) p ";

  /** Exercises with a rate in one answer; admins decide how many there are. */
  private static final long MOST_RATED = 1000;

  /** Exercises without a rate in one answer; any laptop may name one. */
  private static final long MOST_UNRATED = 50;

  private static final String RATES =
      """
      with known as (
        select *, failures > 0 or exercise_id = any ($1::text[]) as rated
        from exercise_figures where n > 0),
      ranked as (
        select *, row_number() over (partition by rated order by n desc, exercise_id) as rank,
          count(*) over () as all_exercises, sum(n) over ()::bigint as all_n,
          sum(failures) over ()::bigint as all_failures
        from known)
      select p.as_of, p.pass_mark, s.students, c.changed_at, c.threshold, e.* from
      """
          + NEWEST
          + "left join ranked e on e.rank <= case when e.rated then $2::bigint else $3::bigint end"
          + " left join exercise_students s using (exercise_id)"
          + """
             left join exercise_thresholds c on c.exercise_id = e.exercise_id and exists (
               select from minute_figures m
               where m.exercise_id = e.exercise_id and m.minute < c.changed_at)
            """;

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

  /** Pages in one answer; any laptop may name one. */
  private static final long MOST_PAGES = 50;

  private static final String PAGES =
      """
      with pages as (
        select page, sum(n) as n, row_number() over (order by sum(n) desc, page) as rank
        from activity_figures group by page),
      others as (
        select count(*) as other_pages, coalesce(sum(n), 0)::bigint as other_n
        from pages where rank > $1)
      """;

  private static final String STAYS =
      """
      select page, 'DWELL' as type,
             power(1.02::float8, min(step) filter (where up_to >= 0.5 * total)) as median,
             power(1.02::float8, min(step) filter (where up_to >= 0.95 * total)) as p95
      from (select page, step, sum(n) over (partition by page order by step) as up_to,
                   sum(n) over (partition by page) as total
            from dwell_figures where page in (select page from pages where rank <= $1)) steps
      group by page
      """;
  private static final String ACTIVITY =
      PAGES
          + "select p.as_of, o.*, a.*, s.median, s.p95 from "
          + NEWEST
          + "cross join others o left join activity_figures a"
          + " on a.page in (select page from pages where rank <= $1) left join ("
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

  /**
   * @param evaluated the exercises that have a threshold, where that is known
   * @param lateUntil figures as of an earlier instant have no rate, since evaluation was late
   */
  Uni<SuccessRates> successRates(Optional<Set<String>> evaluated, Instant lateUntil) {
    String[] withThreshold = evaluated.orElse(Set.of()).toArray(String[]::new);
    Withheld reason = evaluated.isPresent() ? Withheld.NO_THRESHOLD : Withheld.THRESHOLD_UNKNOWN;
    return read(
            RATES,
            Tuple.tuple().addArrayOfString(withThreshold).addLong(MOST_RATED).addLong(MOST_UNRATED))
        .map(
            rows -> {
              Instant asOf = asOf(rows);
              boolean late =
                  asOf == null ? lateUntil.isAfter(Instant.MIN) : asOf.isBefore(lateUntil);
              List<ExerciseRate> listed =
                  list(rows, "exercise_id", row -> rate(row, reason, late)).stream()
                      .sorted(ExerciseRate.LOWEST_FIRST)
                      .toList();
              return new SuccessRates(asOf, passMark(rows), listed, Others.of(all(rows), listed));
            });
  }

  Uni<FailurePlaces> failurePlaces(FailurePlacesQuery question) {
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
    return read(ACTIVITY, Tuple.of(MOST_PAGES))
        .map(
            rows ->
                new ActivitySummary(
                    asOf(rows), list(rows, "page", Figures::activity), otherPages(rows)));
  }

  /** Up to when the newest figures hold everything. */
  public Uni<AsOf> asOf() {
    return read("select p.* from " + NEWEST, Tuple.tuple())
        .map(
            rows ->
                new AsOf(
                    asOf(rows),
                    rows.size() == 0 ? null : rows.iterator().next().getString("held_back_by")));
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
    OffsetDateTime asOf =
        rows.size() == 0 ? null : rows.iterator().next().getOffsetDateTime("as_of");
    return asOf == null ? null : asOf.toInstant();
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

  /** Each row has the sums of all exercises. */
  private static Others all(RowSet<Row> rows) {
    return list(rows, "exercise_id", Function.identity()).stream()
        .findFirst()
        .map(
            row ->
                new Others(
                    row.getLong("all_exercises"),
                    row.getLong("all_n"),
                    row.getLong("all_failures")))
        .orElse(new Others(0, 0, 0));
  }

  private static OtherPages otherPages(RowSet<Row> rows) {
    if (rows.size() == 0) {
      return new OtherPages(0, 0);
    }
    Row first = rows.iterator().next();
    return new OtherPages(first.getLong("other_pages"), first.getLong("other_n"));
  }

  private static ExerciseRate rate(Row row, Withheld reason, boolean late) {
    Sums sums =
        new Sums(
            row.getString("exercise_id"),
            row.getLong("n"),
            row.getDouble("score_sum"),
            row.getDouble("score_square_sum"),
            row.getLong("failures"),
            row.getLong("not_passed"),
            row.getDouble("students"));
    Withheld ofRated = late ? Withheld.NOT_EVALUATED : null;
    return ExerciseRate.of(sums, row.getBoolean("rated") ? ofRated : reason, thresholdChange(row));
  }

  private static ThresholdChange thresholdChange(Row row) {
    OffsetDateTime at = row.getOffsetDateTime("changed_at");
    return at == null ? null : new ThresholdChange(at.toInstant(), row.getDouble("threshold"));
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
