// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A simulated exam without end: three activities, then a result, from a student drawn at random.
 * The same seed and start give the same events. Not safe for use by several threads.
 */
final class Exam {

  private static final int EVENTS_PER_RESULT = 4;
  private static final double WEAK_TOWN_SHARE = 0.12;
  private static final double WEAK_TOWN_PENALTY = 1.3;
  private static final List<String> BUTTONS = List.of("run", "submit", "hint", "format");

  private final long seed;
  private final Random random;
  private final Random ids;
  private final List<Student> students;
  private final List<Exercise> exercises = Exercise.all();
  private long drawn;

  /**
   * @param start tells the runs of one seed apart: their ids differ, so that a second run is not
   *     taken for the first one sent again
   */
  Exam(long seed, Instant start, int studentCount) {
    this.seed = seed;
    this.random = new Random(seed);
    this.ids = new Random(Objects.hash(seed, start));
    Town.ByPopulation towns = new Town.ByPopulation(Town.all());
    this.students =
        IntStream.rangeClosed(1, studentCount)
            .mapToObj(number -> Student.draw(number, towns, random))
            .toList();
  }

  /** The next event, which happens at {@code timestamp}. */
  Event next(Instant timestamp) {
    Student student = students.get(random.nextInt(students.size()));
    Exercise exercise = exercises.get(random.nextInt(exercises.size()));
    return drawn++ % EVENTS_PER_RESULT == EVENTS_PER_RESULT - 1
        ? result(timestamp, student, exercise)
        : activity(timestamp, student, exercise);
  }

  private Event result(Instant timestamp, Student student, Exercise exercise) {
    UUID id = nextId();
    return new Event(
        Event.Kind.RESULTS,
        student.id(),
        String.format(
            Locale.ROOT,
            "{\"id\":\"%s\",\"timestamp\":\"%s\",\"studentId\":\"%s\",\"latitude\":%.5f,"
                + "\"longitude\":%.5f,\"exerciseId\":\"%s\",\"score\":%.1f}",
            id,
            timestamp,
            student.id(),
            student.latitude(),
            student.longitude(),
            exercise.id(),
            score(student, exercise)));
  }

  private Event activity(Instant timestamp, Student student, Exercise exercise) {
    UUID id = nextId();
    String detail =
        switch (random.nextInt(3)) {
          case 0 -> "\"type\":\"PAGE_VIEW\"";
          case 1 ->
              "\"type\":\"CLICK\",\"element\":\"%s\""
                  .formatted(BUTTONS.get(random.nextInt(BUTTONS.size())));
          default ->
              "\"type\":\"DWELL\",\"durationMillis\":%d"
                  .formatted(Math.round(Math.exp(10 + random.nextGaussian())));
        };
    return new Event(
        Event.Kind.ACTIVITY,
        student.id(),
        "{\"id\":\"%s\",\"timestamp\":\"%s\",\"studentId\":\"%s\",\"page\":\"/exercises/%s\",%s}"
            .formatted(id, timestamp, student.id(), exercise.id(), detail));
  }

  /** A logistic curve of skill against difficulty, with noise, in percent. */
  double score(Student student, Exercise exercise) {
    double advantage = student.skill() - exercise.difficulty();
    if (isWeak(student.town(), exercise)) {
      advantage -= WEAK_TOWN_PENALTY;
    }
    double done = 1 / (1 + Math.exp(-1.2 * advantage));
    return Math.max(0, Math.min(100, 20 + 80 * done + 9 * random.nextGaussian()));
  }

  /** Whether this town was badly prepared for this exercise: what the map is to show. */
  private boolean isWeak(Town town, Exercise exercise) {
    return new Random(Objects.hash(seed, town.name(), exercise.id()) * 0x9E3779B97F4A7C15L)
            .nextDouble()
        < WEAK_TOWN_SHARE;
  }

  private UUID nextId() {
    byte[] bytes = new byte[16];
    ids.nextBytes(bytes);
    return UUID.nameUUIDFromBytes(bytes);
  }
}
