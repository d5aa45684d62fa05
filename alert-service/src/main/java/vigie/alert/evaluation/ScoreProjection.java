// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import vigie.events.ExerciseResult;

/**
 * What decides whether a result raises an alert, read from its bytes without making anything of the
 * rest: most results raise none. The whole record is walked, field by field as its schema says.
 * Bytes that cannot be walked to the end of the record, or that another schema wrote, are left to
 * the codec, to decode or to refuse. So what is read here is always what the codec reads as well.
 */
record ScoreProjection(String exerciseId, double score) {

  /** C3 01, which mark the single-object encoding, as a little-endian number. */
  private static final short MARKER = 0x01C3;

  private static final Schema SCHEMA = ExerciseResult.getClassSchema();
  private static final long FINGERPRINT = SchemaNormalization.parsingFingerprint64(SCHEMA);
  private static final int EXERCISE_ID = SCHEMA.getField("exerciseId").pos();
  private static final int SCORE = SCHEMA.getField("score").pos();
  private static final Schema[] FIELDS =
      SCHEMA.getFields().stream().map(Schema.Field::schema).toArray(Schema[]::new);

  private static final Set<Schema.Type> WALKABLE =
      EnumSet.of(Schema.Type.FIXED, Schema.Type.LONG, Schema.Type.DOUBLE, Schema.Type.STRING);

  /** Were there a field of another type, each result would be decoded as a whole. */
  private static final boolean CAN_WALK =
      Arrays.stream(FIELDS).map(Schema::getType).allMatch(WALKABLE::contains);

  static ScoreProjection of(ExerciseResult result) {
    return new ScoreProjection(result.getExerciseId(), result.getScore());
  }

  /** At a record's value, which may be null. */
  static Optional<ScoreProjection> at(byte[] value) {
    if (!CAN_WALK || value == null) {
      return Optional.empty();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
      return bytes.getShort() == MARKER && bytes.getLong() == FINGERPRINT
          ? Optional.of(walk(value, bytes))
          : Optional.empty();
    } catch (BufferUnderflowException damaged) {
      return Optional.empty();
    }
  }

  private static ScoreProjection walk(byte[] value, ByteBuffer bytes) {
    String exerciseId = null;
    double score = Double.NaN;
    for (int i = 0; i < FIELDS.length; i++) {
      switch (FIELDS[i].getType()) {
        case STRING -> {
          long length = number(bytes);
          int start = bytes.position();
          skip(bytes, length);
          if (i == EXERCISE_ID) {
            exerciseId = new String(value, start, (int) length, UTF_8);
          }
        }
        case DOUBLE -> {
          double number = bytes.getDouble();
          score = i == SCORE ? number : score;
        }
        case LONG -> number(bytes);
        default -> skip(bytes, FIELDS[i].getFixedSize());
      }
    }
    return new ScoreProjection(exerciseId, score);
  }

  private static void skip(ByteBuffer bytes, long count) {
    if (count < 0 || count > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    bytes.position(bytes.position() + (int) count);
  }

  /**
   * In seven bits of each byte, the lowest first, ten bytes at most; the lowest bit is the sign.
   */
  private static long number(ByteBuffer bytes) {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes.get();
      number |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return (number >>> 1) ^ -(number & 1);
      }
    }
    throw new BufferUnderflowException();
  }
}
