// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vigie.events.ActivityType;
import vigie.events.EventCodec;
import vigie.events.EventId;
import vigie.events.ExerciseResult;
import vigie.events.UserActivity;
import vigie.ingest.body.Batch;
import vigie.ingest.body.Batches;

/** The bytes are those of Avro's own encoder, whatever the fields are. */
class AvroEventWriterTest {

  private static final EventCodec<ExerciseResult> RESULTS = EventCodec.of(ExerciseResult.class);
  private static final EventCodec<UserActivity> ACTIVITIES = EventCodec.of(UserActivity.class);
  private static final Instant RECEIVED_AT =
      Instant.EPOCH.plus(Batches.RECEIVED_AT, ChronoUnit.MICROS);

  @Test
  void aResultHasTheBytesOfItsCodec() throws Exception {
    for (int seed = 0; seed < 1_000; seed++) {
      assertResult(new Random(seed));
    }
  }

  @Test
  void anActivityHasTheBytesOfItsCodec() throws Exception {
    for (int seed = 0; seed < 1_000; seed++) {
      assertActivity(new Random(seed));
    }
  }

  private static void assertResult(Random random) throws Exception {
    ExerciseResult event =
        new ExerciseResult(
            new UUID(random.nextLong(), random.nextLong()),
            instant(random),
            RECEIVED_AT,
            text(random, 128),
            180 * random.nextDouble() - 90,
            360 * random.nextDouble() - 180,
            text(random, 128),
            100 * random.nextDouble());
    String json =
        """
        {"id":"%s","timestamp":"%s","studentId":"%s","latitude":%s,"longitude":%s,\
        "exerciseId":"%s","score":%s}\
        """
            .formatted(
                event.getId(),
                event.getTimestamp(),
                event.getStudentId(),
                event.getLatitude(),
                event.getLongitude(),
                event.getExerciseId(),
                event.getScore());
    ExerciseResult stored =
        ExerciseResult.newBuilder(event)
            .setId(EventId.of(event.getStudentId(), event.getId()))
            .build();
    assertBytes(RESULTS.encode(stored), new ResultParser(), json);
  }

  private static void assertActivity(Random random) throws Exception {
    ActivityType[] types = ActivityType.values();
    UserActivity event =
        new UserActivity(
            new UUID(random.nextLong(), random.nextLong()),
            instant(random),
            RECEIVED_AT,
            text(random, 128),
            types[random.nextInt(types.length)],
            text(random, 512),
            random.nextBoolean() ? text(random, 512) : null,
            random.nextBoolean() ? random.nextLong(86_400_001) : null);
    String json =
        """
        {"id":"%s","timestamp":"%s","studentId":"%s","type":"%s","page":"%s","element":%s,\
        "durationMillis":%s}\
        """
            .formatted(
                event.getId(),
                event.getTimestamp(),
                event.getStudentId(),
                event.getType(),
                event.getPage(),
                event.getElement() == null ? null : '"' + event.getElement() + '"',
                event.getDurationMillis());
    UserActivity stored =
        UserActivity.newBuilder(event)
            .setId(EventId.of(event.getStudentId(), event.getId()))
            .build();
    assertBytes(ACTIVITIES.encode(stored), new ActivityParser(), json);
  }

  private static void assertBytes(byte[] expected, EventParser parser, String json)
      throws Exception {
    Batch batch = Batches.json(parser, json);
    assertEquals(1, batch.accepted().size(), () -> json + batch.rejected());
    assertArrayEquals(expected, batch.accepted().get(0).value(), json);
  }

  private static Instant instant(Random random) {
    return Instant.EPOCH.plus(random.nextLong(4_000_000_000_000_000L), ChronoUnit.MICROS);
  }

  /** Letters of one, two, three and four bytes. */
  private static String text(Random random, int maxLength) {
    String letters = "aZ0-é€𐍈";
    StringBuilder text = new StringBuilder();
    for (int n = 1 + random.nextInt(maxLength / 2); n > 0; n--) {
      text.appendCodePoint(
          letters.codePointAt(
              letters.offsetByCodePoints(0, random.nextInt(letters.codePointCount(0, 8)))));
    }
    return text.toString();
  }
}
