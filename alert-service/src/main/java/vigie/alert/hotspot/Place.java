// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import vigie.events.Alert;

/** What failures are counted by: one exercise in one H3 cell. */
record Place(long cell, String exerciseId) {

  static Place of(Alert alert, int resolution) {
    return new Place(
        Cells.at(alert.getLatitude(), alert.getLongitude(), resolution), alert.getExerciseId());
  }

  /** The place that {@code key} stands for. */
  static Place of(byte[] key) {
    return new Place(
        ByteBuffer.wrap(key).getLong(),
        new String(key, Long.BYTES, key.length - Long.BYTES, UTF_8));
  }

  /** The cell's number in eight bytes, then the exercise as text. */
  byte[] key() {
    byte[] exercise = exerciseId.getBytes(UTF_8);
    return ByteBuffer.allocate(Long.BYTES + exercise.length).putLong(cell).put(exercise).array();
  }
}
