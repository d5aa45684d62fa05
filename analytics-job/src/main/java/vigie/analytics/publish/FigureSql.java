// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.publish;

import java.util.List;
import vigie.analytics.aggregate.BatchFigures;

/** The statements that add one batch to the figures. */
public final class FigureSql {

  /** One row for each of {@link BatchFigures}, visible to its own session only. */
  static final String STAGE =
      """
      CREATE TEMPORARY TABLE batch_figures (
        exercise_id text, minute bigint, decile smallint,
        cell3 text, latitude3 double precision, longitude3 double precision,
        cell5 text, latitude5 double precision, longitude5 double precision,
        cell7 text, latitude7 double precision, longitude7 double precision,
        page text, type text, step smallint,
        n bigint, score_sum double precision, score_square_sum double precision,
        failures bigint, not_passed bigint, duration_millis_sum double precision
      ) ON COMMIT DELETE ROWS
      """;

  static final String COPY = "COPY batch_figures FROM STDIN (FORMAT csv)";

  public static final List<String> TABLES =
      List.of(
          "exercise_figures",
          "minute_figures",
          "score_figures",
          "place_sums",
          "exercise_students",
          "activity_figures",
          "dwell_figures");

  /** Not TRUNCATE: readers that began before must go on seeing the old figures. */
  public static final List<String> CLEAR =
      TABLES.stream().map(table -> "DELETE FROM public." + table).toList();

  static final List<String> ADD =
      List.of(
          """
          INSERT INTO exercise_figures AS total
            (exercise_id, n, score_sum, score_square_sum, failures, not_passed)
          SELECT exercise_id, sum(n), sum(score_sum), sum(score_square_sum), sum(failures),
            sum(not_passed)
          FROM batch_figures WHERE minute IS NOT NULL
          GROUP BY exercise_id
          ON CONFLICT (exercise_id) DO UPDATE SET
            n = total.n + excluded.n,
            score_sum = total.score_sum + excluded.score_sum,
            score_square_sum = total.score_square_sum + excluded.score_square_sum,
            failures = total.failures + excluded.failures,
            not_passed = total.not_passed + excluded.not_passed
          """,
          """
          INSERT INTO minute_figures AS total (exercise_id, minute, n, score_sum, failures)
          SELECT exercise_id, to_timestamp(minute), sum(n), sum(score_sum), sum(failures)
          FROM batch_figures
          WHERE to_timestamp(minute)
            >= coalesce((SELECT minutes_since FROM public.publication), '-infinity')
          GROUP BY exercise_id, minute
          ON CONFLICT (exercise_id, minute) DO UPDATE SET
            n = total.n + excluded.n,
            score_sum = total.score_sum + excluded.score_sum,
            failures = total.failures + excluded.failures
          """,
          """
          INSERT INTO score_figures AS total (exercise_id, decile, n)
          SELECT exercise_id, decile, sum(n)
          FROM batch_figures WHERE decile IS NOT NULL
          GROUP BY exercise_id, decile
          ON CONFLICT (exercise_id, decile) DO UPDATE SET n = total.n + excluded.n
          """,
          """
          INSERT INTO place_sums AS total
            (exercise_id, resolution, cell, latitude, longitude, n, failures)
          SELECT exercise_id, place.resolution, place.cell,
            min(place.latitude), min(place.longitude), sum(n), sum(failures)
          FROM batch_figures CROSS JOIN LATERAL (VALUES
            (3, cell3, latitude3, longitude3),
            (5, cell5, latitude5, longitude5),
            (7, cell7, latitude7, longitude7)
          ) AS place (resolution, cell, latitude, longitude)
          WHERE place.cell IS NOT NULL
          GROUP BY exercise_id, place.resolution, place.cell
          ON CONFLICT (exercise_id, resolution, cell) DO UPDATE SET
            n = total.n + excluded.n,
            failures = total.failures + excluded.failures
          """,
          """
          INSERT INTO activity_figures AS total (page, type, n, duration_millis_sum)
          SELECT page, type, sum(n), sum(duration_millis_sum)
          FROM batch_figures WHERE type IS NOT NULL
          GROUP BY page, type
          ON CONFLICT (page, type) DO UPDATE SET
            n = total.n + excluded.n,
            duration_millis_sum = total.duration_millis_sum + excluded.duration_millis_sum
          """,
          """
          INSERT INTO dwell_figures AS total (page, step, n)
          SELECT page, step, sum(n)
          FROM batch_figures WHERE step IS NOT NULL
          GROUP BY page, step
          ON CONFLICT (page, step) DO UPDATE SET n = total.n + excluded.n
          """);

  /** Sketches of the batch that do not fit into memory, visible to their own session only. */
  static final String STAGE_STUDENTS =
      """
      CREATE TEMPORARY TABLE batch_students (
        exercise_id text PRIMARY KEY, students double precision, sketch bytea
      ) ON COMMIT DELETE ROWS
      """;

  static final String STAGED_STUDENTS =
      """
      SELECT exercise_id, sketch FROM batch_students
      WHERE CAST(? AS text) IS NULL OR exercise_id > ?
      ORDER BY exercise_id LIMIT ?
      """;

  static final String STUDENTS = "SELECT exercise_id, sketch FROM %s WHERE exercise_id = ANY (?)";

  static final String PUT_STUDENTS =
      """
      INSERT INTO %s (exercise_id, students, sketch) VALUES (?, ?, ?)
      ON CONFLICT (exercise_id) DO UPDATE SET
        students = excluded.students,
        sketch = excluded.sketch
      """;

  /** Until the transaction ends, no other transaction forgets minutes. */
  static final String KEEP_MINUTES = "SELECT minutes_since FROM publication FOR UPDATE";

  /** Those before an instant, unless more are forgotten already. */
  static final String FORGET = "UPDATE publication SET minutes_since = greatest(minutes_since, ?)";

  static final String DELETE_FORGOTTEN =
      "DELETE FROM minute_figures WHERE minute < (SELECT minutes_since FROM publication)";

  static final String LAST_EXAM_END = "SELECT max(ended_at) FROM closed_exam";

  /** Figures for another pass mark, or of an exam that was closed since, are none. */
  private static final String IS_CURRENT =
      "pass_mark = ? AND counted_from IS NOT DISTINCT FROM (%s)".formatted(LAST_EXAM_END);

  static final String LAST = "SELECT query_id, batch_id FROM publication WHERE " + IS_CURRENT;

  /**
   * An instant twice, which may be null. What figures hold they go on holding, so that the later
   * instant counts; but none is of the future.
   */
  private static final String AS_OF =
      "CASE WHEN ? > clock_timestamp() THEN clock_timestamp() ELSE ? END";

  static final String PUBLISH =
      """
      INSERT INTO publication (query_id, batch_id, as_of, held_back_by, batch_rows, pass_mark,
        smallest_cell, counted_from, results_snapshot, alerts_snapshot, activity_snapshot,
        results_counted, alerts_counted, activity_counted)
      VALUES (?, ?, %s, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (only_row) DO UPDATE SET
        query_id = excluded.query_id,
        batch_id = excluded.batch_id,
        as_of = greatest(publication.as_of, excluded.as_of),
        held_back_by = excluded.held_back_by,
        published_at = excluded.published_at,
        batch_rows = excluded.batch_rows,
        pass_mark = excluded.pass_mark,
        smallest_cell = excluded.smallest_cell,
        counted_from = excluded.counted_from,
        results_snapshot = excluded.results_snapshot,
        alerts_snapshot = excluded.alerts_snapshot,
        activity_snapshot = excluded.activity_snapshot,
        results_counted = coalesce(excluded.results_counted, publication.results_counted),
        alerts_counted = coalesce(excluded.alerts_counted, publication.alerts_counted),
        activity_counted = coalesce(excluded.activity_counted, publication.activity_counted)
      """
          .formatted(AS_OF);

  /** Nothing is new, but the archive may declare a later instant; settings may be others. */
  static final String CONFIRM =
      """
      UPDATE publication
      SET as_of = greatest(as_of, %s), held_back_by = ?, smallest_cell = ?
      WHERE query_id = ? AND batch_id = ? AND %s
      """
          .formatted(AS_OF, IS_CURRENT);

  static final String CLEAR_THRESHOLDS = "DELETE FROM exercise_thresholds";

  /** Without U+0000 the names of two exercises may be one. */
  static final String ADD_THRESHOLD =
      """
      INSERT INTO exercise_thresholds (exercise_id, version, threshold, changed_at)
      VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
      """;

  private FigureSql() {}
}
