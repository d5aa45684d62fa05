// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import vigie.events.Alert;

/** One exercise in one H3 cell, by which failures are counted. */
record ExerciseCell(long cell, String exerciseId) {

  static ExerciseCell of(Alert alert, int resolution) {
    return new ExerciseCell(
        H3Cells.at(alert.getLatitude(), alert.getLongitude(), resolution), alert.getExerciseId());
  }

  /** The place that {@code key} stands for. */
  static ExerciseCell of(byte[] key) {
    return new ExerciseCell(
        ByteBuffer.wrap(key).getLong(),
        new String(key, Long.BYTES, key.length - Long.BYTES, UTF_8));
  }

  /** The cell's number in eight bytes, then the exercise as text. */
  byte[] key() {
    byte[] exercise = exerciseId.getBytes(UTF_8);
    return ByteBuffer.allocate(Long.BYTES + exercise.length).putLong(cell).put(exercise).array();
  }
}
