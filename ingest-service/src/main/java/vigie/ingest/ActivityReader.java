// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import vigie.events.ActivityType;
import vigie.events.EventCodec;
import vigie.events.UserActivity;

/** One user action. */
final class ActivityReader implements EventReader {

  private static final int MAX_KEY = 128;
  private static final int MAX_TEXT = 512;
  private static final long MAX_DURATION_MILLIS = Duration.ofDays(1).toMillis();
  private static final Map<String, ActivityType> TYPES =
      Arrays.stream(ActivityType.values())
          .collect(Collectors.toUnmodifiableMap(ActivityType::name, Function.identity()));

  private final EventCodec<UserActivity> codec = EventCodec.of(UserActivity.class);
  private final DerivedId derivedId = new DerivedId();

  @Override
  public Optional<Outcome.Accepted> read(RecordFields fields, Instant receivedAt)
      throws IOException {
    UUID id = null;
    Instant timestamp = null;
    String studentId = null;
    ActivityType type = null;
    String page = null;
    String element = null;
    Long durationMillis = null;
    while (fields.next()) {
      switch (fields.name()) {
        case "id" -> id = fields.id();
        case "timestamp" -> timestamp = fields.instant();
        case "studentId" -> studentId = fields.text(MAX_KEY);
        case "type" -> type = type(fields);
        case "page" -> page = fields.text(MAX_TEXT);
        case "element" -> element = fields.text(MAX_TEXT);
        case "durationMillis" ->
            durationMillis =
                fields.wholeNumber(MAX_DURATION_MILLIS, RecordFault.DURATION_OUT_OF_RANGE);
        default -> fields.skip();
      }
    }
    fields.require("timestamp", timestamp);
    fields.require("studentId", studentId);
    fields.require("type", type);
    fields.require("page", page);
    if (fields.isFaulty()) {
      return Optional.empty();
    }
    if (id == null) {
      id = derivedId.of(timestamp, studentId, type.name(), page);
    }
    byte[] value =
        codec.encode(
            new UserActivity(
                id, timestamp, receivedAt, studentId, type, page, element, durationMillis));
    return Optional.of(new Outcome.Accepted(studentId, value));
  }

  private static ActivityType type(RecordFields fields) throws IOException {
    String text = fields.text(MAX_KEY);
    ActivityType type = text == null ? null : TYPES.get(text);
    if (text != null && type == null) {
      fields.note(RecordFault.TYPE_UNKNOWN, "type is not one of PAGE_VIEW, CLICK, DWELL");
    }
    return type;
  }
}
