// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;

/** One graded exercise. */
final class ResultReader implements EventReader {

  private static final int MAX_KEY = 128;

  private final EventCodec<ExerciseResult> codec = EventCodec.of(ExerciseResult.class);
  private final DerivedId derivedId = new DerivedId();

  @Override
  public Optional<Outcome.Accepted> read(RecordFields fields, Instant receivedAt)
      throws IOException {
    UUID id = null;
    Instant timestamp = null;
    String studentId = null;
    Double latitude = null;
    Double longitude = null;
    String exerciseId = null;
    Double score = null;
    while (fields.next()) {
      switch (fields.name()) {
        case "id" -> id = fields.id();
        case "timestamp" -> timestamp = fields.instant();
        case "studentId" -> studentId = fields.text(MAX_KEY);
        case "latitude" -> latitude = fields.number(-90, 90, RecordFault.LATITUDE_OUT_OF_RANGE);
        case "longitude" ->
            longitude = fields.number(-180, 180, RecordFault.LONGITUDE_OUT_OF_RANGE);
        case "exerciseId" -> exerciseId = fields.text(MAX_KEY);
        case "score" -> score = fields.number(0, 100, RecordFault.SCORE_OUT_OF_RANGE);
        default -> fields.skip();
      }
    }
    fields.require("timestamp", timestamp);
    fields.require("studentId", studentId);
    fields.require("latitude", latitude);
    fields.require("longitude", longitude);
    fields.require("exerciseId", exerciseId);
    fields.require("score", score);
    if (fields.isFaulty()) {
      return Optional.empty();
    }
    if (id == null) {
      id = derivedId.of(timestamp, studentId, exerciseId);
    }
    byte[] value =
        codec.encode(
            new ExerciseResult(
                id, timestamp, receivedAt, studentId, latitude, longitude, exerciseId, score));
    return Optional.of(new Outcome.Accepted(studentId, value));
  }
}
