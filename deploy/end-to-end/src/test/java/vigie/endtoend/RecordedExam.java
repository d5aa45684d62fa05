// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import vigie.events.EventId;

/** A seeded exam whose every score is known, and so the figures that Vigie must end with. */
record RecordedExam(List<Result> results) {

  /**
   * One line of the recording.
   *
   * @param id as the laptop calls it
   */
  record Result(
      UUID id,
      Instant timestamp,
      String studentId,
      double latitude,
      double longitude,
      String exerciseId,
      double score) {

    String json() {
      return String.format(
          Locale.ROOT,
          "{\"id\":\"%s\",\"timestamp\":\"%s\",\"studentId\":\"%s\",\"latitude\":%s,"
              + "\"longitude\":%s,\"exerciseId\":\"%s\",\"score\":%s}",
          id,
          timestamp,
          studentId,
          latitude,
          longitude,
          exerciseId,
          score);
    }

    /** Under which ingest-service stores it. */
    UUID storedId() {
      return EventId.of(studentId, id);
    }
  }

  /** What the dashboard must say of one exercise. */
  record Figures(long n, double mean, long failures) {}

  private static final List<double[]> TOWNS =
      List.of(
          new double[] {48.8566, 2.3522}, new double[] {43.2965, 5.3698},
          new double[] {45.7640, 4.8357}, new double[] {43.6047, 1.4442},
          new double[] {50.6292, 3.0573}, new double[] {48.1173, -1.6778});

  /** {@code size} results of {@code exercises}, the same for the same seed. */
  static RecordedExam of(long seed, int size, String... exercises) {
    Random random = new Random(seed);
    Instant start = Instant.parse("2026-06-15T07:00:00Z");
    List<Result> results = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      double[] town = TOWNS.get(random.nextInt(TOWNS.size()));
      results.add(
          new Result(
              id(random),
              start.plusMillis(100L * i),
              "e2e-%04d".formatted(random.nextInt(500)),
              town[0] + random.nextGaussian() * 0.02,
              town[1] + random.nextGaussian() * 0.02,
              exercises[random.nextInt(exercises.length)],
              Math.round(random.nextDouble() * 1000) / 10.0));
    }
    return new RecordedExam(results);
  }

  private static UUID id(Random random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return UUID.nameUUIDFromBytes(bytes);
  }

  Path writeTo(Path file) throws IOException {
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      for (Result result : results) {
        lines.write(result.json());
        lines.newLine();
      }
    }
    return file;
  }

  Map<String, Figures> figures(double threshold) {
    return results.stream()
        .collect(
            Collectors.groupingBy(
                Result::exerciseId,
                TreeMap::new,
                Collectors.collectingAndThen(
                    Collectors.toList(),
                    of ->
                        new Figures(
                            of.size(),
                            of.stream().mapToDouble(Result::score).average().orElseThrow(),
                            of.stream().filter(r -> r.score() < threshold).count()))));
  }

  /** Under which Vigie stores the results. */
  Set<UUID> ids() {
    return results.stream().map(Result::storedId).collect(Collectors.toSet());
  }

  Set<UUID> idsBelow(double threshold) {
    return results.stream()
        .filter(r -> r.score() < threshold)
        .map(Result::storedId)
        .collect(Collectors.toSet());
  }
}
