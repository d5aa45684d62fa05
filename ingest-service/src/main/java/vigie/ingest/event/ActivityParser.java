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
import vigie.ingest.model.RequestContext;

/** One user action. */
public final class ActivityParser implements EventParser {

  private static final int MAX_ELEMENT = 512;
  private static final int MAX_TYPE = 128;
  private static final long MAX_DURATION_MILLIS = Duration.ofDays(1).toMillis();
  private static final Map<String, ActivityType> TYPES =
      Arrays.stream(ActivityType.values())
          .collect(Collectors.toUnmodifiableMap(ActivityType::name, Function.identity()));

  /** The branches of a field that may be absent. */
  private static final long ABSENT = 0;

  private static final long PRESENT = 1;

  private final FieldReader fields = new FieldReader();
  private final AvroEventWriter event = new AvroEventWriter(UserActivity.getClassSchema());
  private final EventId ids = new EventId();

  @Override
  public RecordOutcome read(JsonParser object, int index, RequestContext context)
      throws IOException {
    fields.begin(object);
    UUID id = null;
    long timestamp = FieldReader.NO_INSTANT;
    byte[] studentId = null;
    ActivityType type = null;
    byte[] page = null;
    byte[] element = null;
    long durationMillis = FieldReader.NO_NUMBER;
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
                fields.wholeNumber(MAX_DURATION_MILLIS, RecordError.DURATION_OUT_OF_RANGE);
        default -> fields.skip();
      }
    }
    fields.require("timestamp", timestamp != FieldReader.NO_INSTANT);
    fields.require("studentId", studentId != null);
    fields.require("type", type != null);
    fields.require("page", page != null);
    fields.requireOwn(studentId, context.sender());
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
        .number(context.time())
        .text(studentId)
        .number(ActivityType.getClassSchema().getEnumOrdinal(type.name()))
        .text(page);
    if (element == null) {
      event.number(ABSENT);
    } else {
      event.number(PRESENT).text(element);
    }
    if (durationMillis == FieldReader.NO_NUMBER) {
      event.number(ABSENT);
    } else {
      event.number(PRESENT).number(durationMillis);
    }
    return new RecordOutcome.Accepted(studentId, event.toBytes());
  }

  private ActivityType type() throws IOException {
    byte[] text = fields.text(MAX_TYPE);
    ActivityType type = text == null ? null : TYPES.get(new String(text, UTF_8));
    if (text != null && type == null) {
      fields.note(RecordError.TYPE_UNKNOWN, "type is not one of PAGE_VIEW, CLICK, DWELL");
    }
    return type;
  }
}
