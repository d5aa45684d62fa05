// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.aggregate;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What one of Spark's tasks counts, all in one reading of its results or alerts: there are far
 * fewer minutes and places than events, as long as laptops stay where they are. Where they do not,
 * sums are handed on as soon as there are many.
 */
final class PartitionAggregator {

  /** Columns of the events, which come in this order; an alert has neither score nor student. */
  static final String EVENTS =
      "SELECT exerciseId, latitude, longitude, %2$s AS occurredAt, %3$s AS score, %4$s AS studentId"
          + " FROM %1$s";

  /**
   * One row for each exercise, minute and tenth of the score; for each exercise and place; and for
   * each exercise with the sketch of its students.
   */
  static final StructType SUMS =
      StructType.fromDDL(
          "exerciseId STRING, minute BIGINT, decile SMALLINT, latitude DOUBLE, longitude DOUBLE,"
              + " n BIGINT, scoreSum DOUBLE, scoreSquareSum DOUBLE, failures BIGINT, notPassed"
              + " BIGINT, sketch BINARY");

  private static final int EXERCISE = 0;
  private static final int LATITUDE = 1;
  private static final int LONGITUDE = 2;
  private static final int INSTANT = 3;
  private static final int SCORE = 4;
  private static final int STUDENT = 5;

  private static final long MINUTE_MICROS = 60_000_000;
  private static final long MINUTE_SECONDS = 60;

  /** Of the scores; one more is for what has none. */
  private static final int DECILES = 10;

  /** Minutes and places that are kept at a time, some 100 bytes each. */
  private static final int MOST_SUMS = 200_000;

  /** A sketch takes as much memory as this number of sums. */
  private static final int SUMS_PER_SKETCH = 40;

  private final double passMark;
  private final int weight;
  private int sums;
  private final Map<UTF8String, Exercise> exercises = new HashMap<>();

  private PartitionAggregator(double passMark, int weight) {
    this.passMark = passMark;
    this.weight = weight;
  }

  /** A place as an event has it; not even a number has to be on Earth. */
  private record Place(double latitude, double longitude) {}

  private static final class Exercise {
    private final Map<Long, Sum> times = new HashMap<>();
    private final Map<Place, Sum> places = new HashMap<>();
    private UltraLogLog students;
  }

  private static final class Sum {
    private long n;
    private double scoreSum;
    private double scoreSquareSum;
    private long failures;
    private long notPassed;
  }

  /**
   * Counts {@code events} to their end.
   *
   * @param passMark scores below it are not passed
   * @param weight of each: 1, or -1 to take it away again
   * @return rows of {@link #SUMS}
   */
  static Iterator<Row> of(Iterator<InternalRow> events, double passMark, int weight) {
    return Stream.iterate(events, Iterator::hasNext, more -> more)
        .flatMap(more -> new PartitionAggregator(passMark, weight).rows(more))
        .iterator();
  }

  private Stream<Row> rows(Iterator<InternalRow> events) {
    while (events.hasNext() && sums < MOST_SUMS) {
      add(events.next());
    }
    return exercises.entrySet().stream()
        .flatMap(entry -> rows(entry.getKey().toString(), entry.getValue()));
  }

  /** What Spark hands out is overwritten by the next one, so that a new exercise is copied. */
  private void add(InternalRow event) {
    UTF8String id = event.getUTF8String(EXERCISE);
    Exercise exercise = exercises.get(id);
    if (exercise == null) {
      exercise = new Exercise();
      exercises.put(id.copy(), exercise);
    }
    boolean alert = event.isNullAt(SCORE);
    double score = alert ? 0 : event.getDouble(SCORE);
    long time =
        Math.floorDiv(event.getLong(INSTANT), MINUTE_MICROS) * (DECILES + 1)
            + (alert ? DECILES : decile(score));
    Place place = new Place(event.getDouble(LATITUDE), event.getDouble(LONGITUDE));
    add(sum(exercise.times, time), alert, score);
    add(sum(exercise.places, place), alert, score);
    if (!event.isNullAt(STUDENT)) {
      if (exercise.students == null) {
        exercise.students = StudentSketch.empty();
        sums += SUMS_PER_SKETCH;
      }
      exercise.students.add(StudentSketch.hash(event.getUTF8String(STUDENT).toString()));
    }
  }

  private <K> Sum sum(Map<K, Sum> kept, K key) {
    return kept.computeIfAbsent(
        key,
        none -> {
          sums++;
          return new Sum();
        });
  }

  private void add(Sum sum, boolean alert, double score) {
    if (alert) {
      sum.failures += weight;
    } else {
      sum.n += weight;
      sum.scoreSum += weight * score;
      sum.scoreSquareSum += weight * score * score;
      sum.notPassed += score < passMark ? weight : 0;
    }
  }

  private static int decile(double score) {
    return score >= 100 ? DECILES - 1 : (int) (score / 10);
  }

  private static Stream<Row> rows(String exerciseId, Exercise exercise) {
    Stream<Row> times =
        exercise.times.entrySet().stream()
            .map(time -> row(exerciseId, time.getKey(), time.getValue()));
    Stream<Row> places =
        exercise.places.entrySet().stream()
            .map(place -> row(exerciseId, place.getKey(), place.getValue()));
    Stream<Row> students =
        Stream.ofNullable(exercise.students).map(sketch -> row(exerciseId, sketch));
    return Stream.of(times, places, students).flatMap(rows -> rows);
  }

  private static Row row(String exerciseId, long time, Sum sum) {
    int decile = Math.floorMod(time, DECILES + 1);
    return row(
        exerciseId,
        Math.floorDiv(time, DECILES + 1) * MINUTE_SECONDS,
        decile == DECILES ? null : (short) decile,
        null,
        sum);
  }

  private static Row row(String exerciseId, Place place, Sum sum) {
    return row(exerciseId, null, null, place, sum);
  }

  private static Row row(String exerciseId, UltraLogLog students) {
    return RowFactory.create(
        exerciseId, null, null, null, null, null, null, null, null, null, students.getState());
  }

  private static Row row(String exerciseId, Long minute, Short decile, Place place, Sum sum) {
    return RowFactory.create(
        exerciseId,
        minute,
        decile,
        place == null ? null : place.latitude(),
        place == null ? null : place.longitude(),
        sum.n,
        sum.scoreSum,
        sum.scoreSquareSum,
        sum.failures,
        sum.notPassed,
        null);
  }
}
