// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import vigie.events.ActivityType;
import vigie.events.EventId;
import vigie.events.Identifier;
import vigie.events.UserActivity;
import vigie.ingest.model.Arrival;

/** One user action. */
public final class ActivityReader implements EventReader {

  private static final int MAX_ELEMENT = 512;
  private static final int MAX_TYPE = 128;
  private static final long MAX_DURATION_MILLIS = Duration.ofDays(1).toMillis();
  private static final Map<String, ActivityType> TYPES =
      Arrays.stream(ActivityType.values())
          .collect(Collectors.toUnmodifiableMap(ActivityType::name, Function.identity()));

  /** The branches of a field that may be absent. */
  private static final long ABSENT = 0;

  private static final long PRESENT = 1;

  private final RecordFields fields = new RecordFields();
  private final EncodedEvent event = new EncodedEvent(UserActivity.getClassSchema());
  private final EventId ids = new EventId();

  @Override
  public Outcome read(JsonParser object, int index, Arrival arrival) throws IOException {
    fields.begin(object);
    UUID id = null;
    long timestamp = RecordFields.NO_INSTANT;
    byte[] studentId = null;
    ActivityType type = null;
    byte[] page = null;
    byte[] element = null;
    long durationMillis = RecordFields.NO_NUMBER;
    while (fields.next()) {
      switch (fields.name()) {
        case "id" -> id = fields.id();
        case "timestamp" -> timestamp = fields.instant();
        case "studentId" -> studentId = fields.identifier(Identifier.STUDENT);
        case "type" -> type = type();
        case "page" -> page = fields.identifier(Identifier.PAGE);
        case "element" -> element = fields.text(MAX_ELEMENT);
        case "durationMillis" ->
            durationMillis =
                fields.wholeNumber(MAX_DURATION_MILLIS, RecordFault.DURATION_OUT_OF_RANGE);
        default -> fields.skip();
      }
    }
    fields.require("timestamp", timestamp != RecordFields.NO_INSTANT);
    fields.require("studentId", studentId != null);
    fields.require("type", type != null);
    fields.require("page", page != null);
    fields.requireOwn(studentId, arrival.sender());
    if (fields.isFaulty()) {
      return fields.rejection(index);
    }
    UUID stored =
        id == null
            ? ids.derived(studentId, timestamp, type, page, element, durationMillis)
            : ids.given(studentId, id);
    event
        .begin()
        .uuid(stored)
        .number(timestamp)
        .number(arrival.time())
        .text(studentId)
        .number(ActivityType.getClassSchema().getEnumOrdinal(type.name()))
        .text(page);
    if (element == null) {
      event.number(ABSENT);
    } else {
      event.number(PRESENT).text(element);
    }
    if (durationMillis == RecordFields.NO_NUMBER) {
      event.number(ABSENT);
    } else {
      event.number(PRESENT).number(durationMillis);
    }
    return new Outcome.Accepted(studentId, event.toBytes());
  }

  private ActivityType type() throws IOException {
    byte[] text = fields.text(MAX_TYPE);
    ActivityType type = text == null ? null : TYPES.get(new String(text, UTF_8));
    if (text != null && type == null) {
      fields.note(RecordFault.TYPE_UNKNOWN, "type is not one of PAGE_VIEW, CLICK, DWELL");
    }
    return type;
  }
}
