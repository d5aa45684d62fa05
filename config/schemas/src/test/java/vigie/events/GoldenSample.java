// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/** The events of {@code golden/}, as objects and as the bytes that must never change. */
final class GoldenSample {

  static final ExerciseResult RESULT =
      ExerciseResult.newBuilder()
          .setId(UUID.fromString("5810d60e-a729-41b9-a8c1-47437abec539"))
          .setTimestamp(Instant.parse("2026-06-15T07:00:00.302Z"))
          .setReceivedAt(Instant.parse("2026-06-15T07:00:01.000250Z"))
          .setStudentId("g02-0041")
          .setLatitude(45.76791)
          .setLongitude(4.85332)
          .setExerciseId("c-pointers")
          .setScore(44.5)
          .build();

  static final UserActivity ACTIVITY =
      UserActivity.newBuilder()
          .setId(UUID.fromString("1818e811-892f-402b-923f-0824128b2f33"))
          .setTimestamp(Instant.parse("2026-06-15T07:00:00.402Z"))
          .setReceivedAt(Instant.parse("2026-06-15T07:00:01.000250Z"))
          .setStudentId("g01-0016")
          .setType(ActivityType.DWELL)
          .setPage("/exercises/c-pointers")
          .setDurationMillis(42_000L)
          .build();

  private GoldenSample() {}

  static byte[] bytes(String name) {
    try (InputStream hex =
        GoldenSample.class.getResourceAsStream("golden/%s.hex".formatted(name))) {
      return HexFormat.of()
          .parseHex(new String(hex.readAllBytes(), StandardCharsets.US_ASCII).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
