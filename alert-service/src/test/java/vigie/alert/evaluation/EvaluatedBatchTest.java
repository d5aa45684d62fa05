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
import vigie.alert.threshold.EffectiveThreshold;
import vigie.alert.threshold.Threshold;
import vigie.events.Alert;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;

class EvaluatedBatchTest {

  private static final EventCodec<ExerciseResult> CODEC = EventCodec.of(ExerciseResult.class);

  /** C3 01, a fingerprint that no version has, and whatever follows. */
  private static final byte[] OF_A_NEWER_VERSION = {(byte) 0xC3, 1, 9, 9, 9, 9, 9, 9, 9, 9, 0};

  private static final Threshold FORTY = new Threshold(3, OptionalDouble.of(40));
  private static final Threshold DELETED = new Threshold(4, OptionalDouble.empty());

  @Test
  void onlyScoresBelowTheThresholdRaiseAlerts() {
    EvaluatedBatch evaluated =
        EvaluatedBatch.of(
            batch(result("a", 39.9), result("a", 40), result("a", 41)),
            Map.of("a", EffectiveThreshold.of(FORTY)));
    assertEquals(3, evaluated.judged());
    assertEquals(1, evaluated.alerts().size());
    assertEquals(39.9, evaluated.alerts().get(0).getScore());
  }

  @Test
  void anExerciseWithoutThresholdRaisesNoAlertAndIsCounted() {
    EvaluatedBatch evaluated =
        EvaluatedBatch.of(
            batch(result("b", 0), result("b", 100)), Map.of("b", EffectiveThreshold.of(DELETED)));
    assertTrue(evaluated.alerts().isEmpty());
    assertEquals(2, evaluated.unknownExercise());
  }

  @Test
  void anAlertSaysWhatItWasJudgedBy() {
    ExerciseResult result = result("a", 12.5);
    Alert alert =
        EvaluatedBatch.of(batch(result), Map.of("a", EffectiveThreshold.of(FORTY))).alerts().get(0);
    assertEquals(AlertId.of(result), alert.getId());
    assertEquals(result.getId(), alert.getEventId());
    assertEquals(40, alert.getThreshold());
    assertEquals(3, alert.getThresholdVersion());
    assertEquals(result.getTimestamp(), alert.getOccurredAt());
    assertEquals(result.getStudentId(), alert.getStudentId());
  }

  @Test
  void onlyWhatCannotBeDecidedWaitsWithWhatFollowsItThere() {
    ReceivedBatch batch =
        ReceivedBatch.of(
            List.of(
                record(0, 7, result("settled", 10)),
                record(0, 8, result("open", 30)),
                record(0, 9, result("settled", 10)),
                record(1, 4, result("open", 50)),
                record(1, 5, result("settled", 10)),
                record(2, 1, result("settled", 10))));
    Map<String, EffectiveThreshold> thresholds =
        Map.of(
            "settled",
            EffectiveThreshold.of(FORTY),
            "open",
            new EffectiveThreshold(Optional.empty(), 50));

    Map<TopicPartition, Long> waiting = batch.waiting(thresholds);
    assertEquals(Map.of(new TopicPartition("t", 0), 8L), waiting);

    EvaluatedBatch evaluated = EvaluatedBatch.of(batch.before(waiting), thresholds);
    assertEquals(4, evaluated.judged());
    assertEquals(3, evaluated.alerts().size());
  }

  @Test
  void aRecordOfANewerVersionIsNoDeadLetterAndHoldsItsPartition() {
    ReceivedBatch batch =
        ReceivedBatch.of(
            List.of(
                record(0, 7, result("a", 10)),
                new ConsumerRecord<>("t", 0, 8, null, OF_A_NEWER_VERSION),
                record(0, 9, result("a", 10)),
                record(1, 4, result("a", 10))));
    Map<String, EffectiveThreshold> thresholds = Map.of("a", EffectiveThreshold.of(FORTY));

    Map<TopicPartition, Long> waiting = batch.waiting(thresholds);
    assertEquals(Map.of(new TopicPartition("t", 0), 8L), waiting);

    EvaluatedBatch evaluated = EvaluatedBatch.of(batch.before(waiting), thresholds);
    assertEquals(2, evaluated.alerts().size());
    assertTrue(evaluated.undecodable().isEmpty());
  }

  private static ReceivedBatch batch(ExerciseResult... results) {
    return ReceivedBatch.of(Arrays.stream(results).map(result -> record(0, 0, result)).toList());
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
