// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.analytics;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * The results of an exam, each made from its number alone: any part of them can be made by any
 * thread, and again. One in a hundred is the same as one shortly before, as a laptop sends it that
 * got no answer.
 *
 * @param seed of all of them
 */
public record ExamDataset(long seed) {

  /** Results below it have an alert: one in twenty. */
  static final double THRESHOLD = 5;

  private static final int RESEND_EVERY = 100;
  private static final int EXERCISES = 50;
  private static final int STUDENTS = 30_000;
  private static final int PLACES = 400;

  /** All are of one day, and so in one partition of the tables. */
  private static final Instant BEGIN = Instant.parse("2026-06-15T08:00:00Z");

  private static final long LENGTH_MICROS = 4 * 3600 * 1_000_000L;

  /**
   * One of the exam.
   *
   * @param timestamp microseconds since 1970
   */
  public record Result(
      UUID id,
      UUID alertId,
      String studentId,
      double latitude,
      double longitude,
      String exerciseId,
      double score,
      long timestamp) {}

  Result result(long number) {
    SplittableRandom random =
        new SplittableRandom(seed * 0x9E3779B97F4A7C15L + (isResent(number) ? number - 1 : number));
    UUID id = new UUID(random.nextLong(), random.nextLong());
    int student = random.nextInt(STUDENTS);
    int place = student % PLACES;
    return new Result(
        id,
        new UUID(id.getLeastSignificantBits(), id.getMostSignificantBits()),
        "g" + student,
        43 + 0.3 * (place % 20),
        0.02 * place,
        "c-exercise-" + random.nextInt(EXERCISES),
        100 * random.nextDouble(),
        ChronoUnit.MICROS.between(Instant.EPOCH, BEGIN) + random.nextLong(LENGTH_MICROS));
  }

  boolean hasAlert(long number) {
    return result(number).score() < THRESHOLD;
  }

  /** How many different ones are among {@code count} that begin at a whole hundred. */
  public static long distinct(long count) {
    return count - count / RESEND_EVERY;
  }

  /** How many different alerts are among those of {@code count} results from this one on. */
  long distinctAlerts(long from, long count) {
    return LongStream.range(from, from + count)
        .filter(number -> !isResent(number) && hasAlert(number))
        .count();
  }

  private static boolean isResent(long number) {
    return number % RESEND_EVERY == RESEND_EVERY - 1;
  }
}
