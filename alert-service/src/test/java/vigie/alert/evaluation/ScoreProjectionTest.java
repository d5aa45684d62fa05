// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;
import vigie.events.UndecodableEventException;

class ScoreProjectionTest {

  private static final EventCodec<ExerciseResult> CODEC = EventCodec.of(ExerciseResult.class);
  private static final int HEADER = 10;

  private final long seed = Long.getLong("vigie.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void everyWholeResultIsRead() {
    for (int i = 0; i < 10_000; i++) {
      ExerciseResult result = result();
      assertEquals(
          Optional.of(ScoreProjection.of(result)),
          ScoreProjection.at(CODEC.encode(result)),
          "seed " + seed);
    }
  }

  @Test
  void noTruncatedResultIsRead() {
    byte[] whole = CODEC.encode(result());
    for (int length = 0; length < whole.length; length++) {
      assertTrue(ScoreProjection.at(Arrays.copyOf(whole, length)).isEmpty(), "seed " + seed);
    }
    assertTrue(ScoreProjection.at(null).isEmpty());
  }

  @Test
  void damagedBytesAreWhatTheCodecSays() {
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = damaged(CODEC.encode(result()));
      Optional<ScoreProjection> whole = decoded(bytes);
      ReceivedBatch batch =
          ReceivedBatch.of(List.of(new ConsumerRecord<>("vigie.results", 0, i, null, bytes)));
      assertEquals(
          whole,
          batch.results().stream().map(ReceivedResult::projection).findFirst(),
          () -> "seed %d: %s".formatted(seed, HexFormat.of().formatHex(bytes)));
      int unread = batch.undecodable().size() + batch.unknown().size();
      assertEquals(whole.isEmpty() ? 1 : 0, unread);
      refused += unread;
    }
    assertTrue(refused > 1_000 && refused < 4_000, "%d, seed %d".formatted(refused, seed));
  }

  private static Optional<ScoreProjection> decoded(byte[] bytes) {
    try {
      return Optional.of(ScoreProjection.of(CODEC.decode(bytes)));
    } catch (UndecodableEventException e) {
      return Optional.empty();
    }
  }

  /** Bytes that were changed, cut off, lost or put in between, mostly behind the header. */
  private byte[] damaged(byte[] bytes) {
    int at = random.nextInt(random.nextInt(10) == 0 ? 0 : HEADER, bytes.length);
    int more = random.nextInt(1, 12);
    byte[] noise = new byte[more];
    random.nextBytes(noise);
    return switch (random.nextInt(5)) {
      case 0 -> joined(bytes, at, noise, Math.min(bytes.length, at + more));
      case 1 -> joined(bytes, at, noise, at);
      case 2 -> joined(bytes, at, new byte[0], Math.min(bytes.length, at + more));
      case 3 -> Arrays.copyOf(bytes, at);
      default -> joined(bytes, at, new byte[] {noise[0]}, at + 1);
    };
  }

  private static byte[] joined(byte[] bytes, int before, byte[] middle, int after) {
    byte[] joined = Arrays.copyOf(bytes, before + middle.length + bytes.length - after);
    System.arraycopy(middle, 0, joined, before, middle.length);
    System.arraycopy(bytes, after, joined, before + middle.length, bytes.length - after);
    return joined;
  }

  private ExerciseResult result() {
    Instant now = Instant.EPOCH.plus(random.nextLong() / 1000, ChronoUnit.MICROS);
    return ExerciseResult.newBuilder()
        .setId(new UUID(random.nextLong(), random.nextLong()))
        .setTimestamp(now)
        .setReceivedAt(now.plus(random.nextInt(100_000), ChronoUnit.MICROS))
        .setStudentId(text())
        .setLatitude(random.nextDouble(-90, 90))
        .setLongitude(random.nextDouble(-180, 180))
        .setExerciseId(text())
        .setScore(random.nextDouble(100))
        .build();
  }

  /** Of any length up to one that needs two bytes, with characters of one and two bytes. */
  private String text() {
    byte[] bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 200 : 20)];
    random.nextBytes(bytes);
    return new String(bytes, ISO_8859_1);
  }
}
