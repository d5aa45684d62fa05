// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import vigie.alert.threshold.Standing;
import vigie.alert.threshold.Threshold;
import vigie.events.Alert;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;

class VerdictTest {

  private static final EventCodec<ExerciseResult> CODEC = EventCodec.of(ExerciseResult.class);

  /** C3 01, a fingerprint that no version has, and whatever follows. */
  private static final byte[] OF_A_NEWER_VERSION = {(byte) 0xC3, 1, 9, 9, 9, 9, 9, 9, 9, 9, 0};

  private static final Threshold FORTY = new Threshold(3, OptionalDouble.of(40));
  private static final Threshold DELETED = new Threshold(4, OptionalDouble.empty());

  @Test
  void onlyScoresBelowTheThresholdRaiseAlerts() {
    Verdict verdict =
        Verdict.of(
            batch(result("a", 39.9), result("a", 40), result("a", 41)),
            Map.of("a", Standing.of(FORTY)));
    assertEquals(3, verdict.judged());
    assertEquals(1, verdict.alerts().size());
    assertEquals(39.9, verdict.alerts().get(0).getScore());
  }

  @Test
  void anExerciseWithoutThresholdRaisesNoAlertAndIsCounted() {
    Verdict verdict =
        Verdict.of(batch(result("b", 0), result("b", 100)), Map.of("b", Standing.of(DELETED)));
    assertTrue(verdict.alerts().isEmpty());
    assertEquals(2, verdict.unknownExercise());
  }

  @Test
  void anAlertSaysWhatItWasJudgedBy() {
    ExerciseResult result = result("a", 12.5);
    Alert alert = Verdict.of(batch(result), Map.of("a", Standing.of(FORTY))).alerts().get(0);
    assertEquals(AlertId.of(result), alert.getId());
    assertEquals(result.getId(), alert.getEventId());
    assertEquals(40, alert.getThreshold());
    assertEquals(3, alert.getThresholdVersion());
    assertEquals(result.getTimestamp(), alert.getOccurredAt());
    assertEquals(result.getStudentId(), alert.getStudentId());
  }

  @Test
  void onlyWhatCannotBeDecidedWaitsWithWhatFollowsItThere() {
    Batch batch =
        Batch.of(
            List.of(
                record(0, 7, result("settled", 10)),
                record(0, 8, result("open", 30)),
                record(0, 9, result("settled", 10)),
                record(1, 4, result("open", 50)),
                record(1, 5, result("settled", 10)),
                record(2, 1, result("settled", 10))));
    Map<String, Standing> standings =
        Map.of("settled", Standing.of(FORTY), "open", new Standing(Optional.empty(), 50));

    Map<TopicPartition, Long> waiting = batch.waiting(standings);
    assertEquals(Map.of(new TopicPartition("t", 0), 8L), waiting);

    Verdict verdict = Verdict.of(batch.before(waiting), standings);
    assertEquals(4, verdict.judged());
    assertEquals(3, verdict.alerts().size());
  }

  @Test
  void aRecordOfANewerVersionIsNoDeadLetterAndHoldsItsPartition() {
    Batch batch =
        Batch.of(
            List.of(
                record(0, 7, result("a", 10)),
                new ConsumerRecord<>("t", 0, 8, null, OF_A_NEWER_VERSION),
                record(0, 9, result("a", 10)),
                record(1, 4, result("a", 10))));
    Map<String, Standing> standings = Map.of("a", Standing.of(FORTY));

    Map<TopicPartition, Long> waiting = batch.waiting(standings);
    assertEquals(Map.of(new TopicPartition("t", 0), 8L), waiting);

    Verdict verdict = Verdict.of(batch.before(waiting), standings);
    assertEquals(2, verdict.alerts().size());
    assertTrue(verdict.poison().isEmpty());
  }

  private static Batch batch(ExerciseResult... results) {
    return Batch.of(Arrays.stream(results).map(result -> record(0, 0, result)).toList());
  }

  private static ConsumerRecord<byte[], byte[]> record(
      int partition, long offset, ExerciseResult result) {
    return new ConsumerRecord<>("t", partition, offset, null, CODEC.encode(result));
  }

  private static ExerciseResult result(String exercise, double score) {
    Instant now = Instant.parse("2026-06-15T07:00:00.302Z");
    return ExerciseResult.newBuilder()
        .setId(UUID.randomUUID())
        .setTimestamp(now)
        .setReceivedAt(now)
        .setStudentId("s1")
        .setLatitude(45)
        .setLongitude(4)
        .setExerciseId(exercise)
        .setScore(score)
        .build();
  }
}
