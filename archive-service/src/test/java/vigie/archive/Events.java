// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import vigie.archive.table.EventTable;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;

/** Results for tests: told apart by their number, spread over two days. */
final class Events {

  static final EventCodec<ExerciseResult> CODEC = EventCodec.of(ExerciseResult.class);

  private static final Instant LATE_EVENING = Instant.parse("2026-06-15T23:59:00Z");

  private Events() {}

  static ExerciseResult result(long number) {
    // Of every second id the first bit is set, as of any that are made by chance.
    long half = number % 2 == 0 ? 7 : -7;
    return ExerciseResult.newBuilder()
        .setId(new UUID(half, number))
        .setTimestamp(LATE_EVENING.plusMillis(number * 100))
        .setReceivedAt(LATE_EVENING.plusMillis(number * 100 + 20))
        .setStudentId("student-" + number % 97)
        .setLatitude(48.85)
        .setLongitude(2.35)
        .setExerciseId("exercise-" + number % 5)
        .setScore((double) (number % 101))
        .build();
  }

  static byte[] bytes(long number) {
    return CODEC.encode(result(number));
  }

  /** The result whose number is its offset, as a consumer gets it. */
  static ConsumerRecord<byte[], byte[]> record(int partition, long offset) {
    return new ConsumerRecord<>(EventTable.RESULTS.topic(), partition, offset, null, bytes(offset));
  }
}
