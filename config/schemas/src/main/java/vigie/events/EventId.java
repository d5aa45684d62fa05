// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/**
 * The ids under which events are stored, as the README of this module defines them. Each is bound
 * to its student: an event that is sent again has the same id, and no student can have an event
 * stored under the id of another one's. Texts are UTF-8. Each thread has its own.
 */
public final class EventId {

  public static final UUID NAMESPACE = UUID.fromString("6c5c8b0e-8f7d-5b0a-9d8e-2f4b7c1a3e50");

  private static final byte GIVEN = 1;
  private static final byte DERIVED = 2;

  /** A part that is absent; no text that is there is empty. */
  private static final byte[] ABSENT = {};

  private final UuidName name = new UuidName(NAMESPACE);

  /** Of an event whose sender calls it {@code given}. */
  public static UUID of(String studentId, UUID given) {
    return new EventId().given(studentId.getBytes(UTF_8), given);
  }

  /** Of an event whose sender calls it {@code given}. */
  public UUID given(byte[] studentId, UUID given) {
    return name.begin(GIVEN).part(studentId).part(given).toUuid();
  }

  /**
   * Of a result without an id: of all that it says.
   *
   * @param timestamp microseconds since 1970
   */
  public UUID derived(
      byte[] studentId,
      long timestamp,
      double latitude,
      double longitude,
      byte[] exerciseId,
      double score) {
    return name.begin(DERIVED)
        .part(studentId)
        .part(timestamp)
        .part(latitude)
        .part(longitude)
        .part(exerciseId)
        .part(score)
        .toUuid();
  }

  /**
   * Of an activity without an id: of all that it says.
   *
   * @param timestamp microseconds since 1970
   * @param element null when absent
   * @param durationMillis negative when absent
   */
  public UUID derived(
      byte[] studentId,
      long timestamp,
      ActivityType type,
      byte[] page,
      byte[] element,
      long durationMillis) {
    UuidName content =
        name.begin(DERIVED)
            .part(studentId)
            .part(timestamp)
            .part(type.name().getBytes(US_ASCII))
            .part(page)
            .part(element == null ? ABSENT : element);
    return (durationMillis < 0 ? content.part(ABSENT) : content.part(durationMillis)).toUuid();
  }
}
