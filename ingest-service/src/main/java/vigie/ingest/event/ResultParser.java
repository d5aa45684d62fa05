// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.event;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.UUID;
import vigie.events.EventId;
import vigie.events.ExerciseResult;
import vigie.events.Identifier;
import vigie.ingest.model.RequestContext;

/** One graded exercise. */
public final class ResultParser implements EventParser {

  private final FieldReader fields = new FieldReader();
  private final AvroEventWriter event = new AvroEventWriter(ExerciseResult.getClassSchema());
  private final EventId ids = new EventId();

  @Override
  public RecordOutcome read(JsonParser object, int index, RequestContext context)
      throws IOException {
    fields.begin(object);
    UUID id = null;
    long timestamp = FieldReader.NO_INSTANT;
    byte[] studentId = null;
    double latitude = Double.NaN;
    double longitude = Double.NaN;
    byte[] exerciseId = null;
    double score = Double.NaN;
    while (fields.next()) {
      switch (fields.name()) {
        case "id" -> id = fields.id();
        case "timestamp" -> timestamp = fields.instant();
        case "studentId" -> studentId = fields.identifier(Identifier.STUDENT);
        case "latitude" -> latitude = fields.number(-90, 90, RecordError.LATITUDE_OUT_OF_RANGE);
        case "longitude" ->
            longitude = fields.number(-180, 180, RecordError.LONGITUDE_OUT_OF_RANGE);
        case "exerciseId" -> exerciseId = fields.identifier(Identifier.EXERCISE);
        case "score" -> score = fields.number(0, 100, RecordError.SCORE_OUT_OF_RANGE);
        default -> fields.skip();
      }
    }
    fields.require("timestamp", timestamp != FieldReader.NO_INSTANT);
    fields.require("studentId", studentId != null);
    fields.require("latitude", !Double.isNaN(latitude));
    fields.require("longitude", !Double.isNaN(longitude));
    fields.require("exerciseId", exerciseId != null);
    fields.require("score", !Double.isNaN(score));
    fields.requireOwn(studentId, context.sender());
    if (fields.isFaulty()) {
      return fields.rejection(index);
    }
    UUID stored =
        id == null
            ? ids.derived(studentId, timestamp, latitude, longitude, exerciseId, score)
            : ids.given(studentId, id);
    byte[] value =
        event
            .begin()
            .uuid(stored)
            .number(timestamp)
            .number(context.time())
            .text(studentId)
            .number(latitude)
            .number(longitude)
            .text(exerciseId)
            .number(score)
            .toBytes();
    return new RecordOutcome.Accepted(studentId, value);
  }
}
