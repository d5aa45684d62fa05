// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StallDetectorTest {

  private static final TopicPartition CUT = new TopicPartition("t", 0);
  private static final TopicPartition OTHER = new TopicPartition("t", 1);

  /** Until what has changed is known. */
  private static final Duration ANSWER = Duration.ofSeconds(6);

  private static final Duration DELAY = Duration.ofSeconds(5);
  private static final TopicPartition OUTPUT = new TopicPartition("o", 0);
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  /** How long a producer tries. */
  private static final Duration SEND = Duration.ofSeconds(20);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final AppendMonitor appends = new AppendMonitor(() -> this.nanos);
  private ClusterView view;
  private long nanos;
  private final StallDetector detector =
      new StallDetector(
          query -> CompletableFuture.completedFuture(view),
          Optional.of("group"),
          new Outputs(Set.of(OUTPUT.topic()), appends),
          TIMEOUT,
          () -> nanos);

  @BeforeEach
  void begin() {
    consumer.assign(List.of(CUT, OTHER));
    consumer.updateBeginningOffsets(Map.of(CUT, 0L, OTHER, 0L));
    sees(Map.of(CUT, 0L, OTHER, 0L));
  }

  @AfterEach
  void close() {
    consumer.close();
  }

  @Test
  void nothingStallsWhereNothingIsNew() {
    assertEquals(Set.of(), after(Duration.ofMinutes(5)));
  }

  @Test
  void aPartitionThatGivesNoneOfItsRecordsStallsUntilItDoes() {
    sees(Map.of(CUT, 3L, OTHER, 0L));
    assertEquals(Set.of(), after(TIMEOUT.minusSeconds(1)));
    assertEquals(Set.of(CUT), after(ANSWER));

    for (long offset = 0; offset < 3; offset++) {
      consumer.addRecord(new ConsumerRecord<>("t", 0, offset, null, null));
    }
    assertEquals(Set.of(), after(Duration.ofSeconds(1)));
    assertEquals(Set.of(), after(Duration.ofMinutes(1)));
  }

  @Test
  void aLeaderThatDoesNotAnswerStallsItsPartition() {
    sees(Map.of(OTHER, 0L));
    assertEquals(Set.of(CUT), after(TIMEOUT.plusSeconds(4)));
  }

  @Test
  void aLeaderOfAnOutputThatDoesNotAnswerStallsItAlsoWhenStepsTakeLong() {
    outputIsSilent();
    assertEquals(Set.of(), after(TIMEOUT.minusSeconds(1)));
    nanos += Duration.ofSeconds(20).toNanos();
    assertEquals(Set.of(), after(Duration.ofSeconds(3)));
    assertEquals(Set.of(OUTPUT), detector.unappendable());
    sees(Map.of(CUT, 0L, OTHER, 0L));
    assertEquals(Set.of(), after(ANSWER));
    assertEquals(Set.of(), detector.unappendable());
  }

  /** The send lasted longer than the timeout, and no other answer is needed than one of now. */
  @Test
  void aSendThatFailsStallsTheOutputWhoseLeaderDoesNotAnswerAtOnce() {
    after(ANSWER);
    outputIsSilent("another");
    failToSend(SEND);
    assertEquals(Set.of(), update());
    assertEquals(Set.of(OUTPUT), detector.unappendable());
    assertTrue(detector.canHandOver(consumer, Duration.ZERO));
  }

  @Test
  void aLeaderThatAnswersButTakesNoRecordsStallsItsOutputOnceThatHasLasted() {
    sees(Map.of(CUT, 0L, OTHER, 0L), "another");
    failToSend(SEND);
    update();
    assertEquals(Set.of(), detector.unappendable());
    failToSend(SEND);
    update();
    assertEquals(Set.of(OUTPUT), detector.unappendable());
    assertTrue(detector.canHandOver(consumer, Duration.ZERO));

    appends.track().onCompletion(metadata(), null);
    update();
    assertEquals(Set.of(), detector.unappendable());
    assertFalse(detector.canHandOver(consumer, Duration.ZERO));
  }

  @Test
  void aProducerThatRefusesAllStallsTheTopic() {
    for (int seconds = 0; seconds <= TIMEOUT.toSeconds(); seconds++) {
      appends.refused(OUTPUT.topic());
      assertEquals(Set.of(), after(Duration.ofSeconds(1)));
    }
    appends.refused(OUTPUT.topic());
    update();
    assertEquals(Set.of(new TopicPartition(OUTPUT.topic(), -1)), detector.unappendable());
  }

  @Test
  void aRecordThatIsTooLargeAndOneOfAnotherTopicStallNothing() {
    for (int times = 0; times < 3; times++) {
      Callback sent = appends.track();
      nanos += SEND.toNanos();
      sent.onCompletion(metadata(), new RecordTooLargeException());
      appends.refused("elsewhere");
      update();
    }
    assertEquals(Set.of(), detector.unappendable());
  }

  @Test
  void whatFailedAndWasNotTriedAgainIsForgotten() {
    sees(Map.of(CUT, 0L, OTHER, 0L), "another");
    failToSend(SEND);
    failToSend(SEND);
    after(Duration.ofSeconds(1));
    assertEquals(Set.of(OUTPUT), detector.unappendable());
    after(Duration.ofMinutes(1));
    assertEquals(Set.of(), detector.unappendable());
  }

  @Test
  void whatFailedWhileKafkaWasAwayIsNotHandedOver() {
    view = ClusterView.NONE;
    failToSend(SEND);
    failToSend(SEND);
    update();
    sees(Map.of(CUT, 0L, OTHER, 0L), "another");
    after(ANSWER);
    assertEquals(Set.of(), detector.unappendable());
  }

  /** The others could not append either: they would leave one after the other. */
  @Test
  void whatNoBrokerLeadsIsReportedAndNotHandedOver() {
    view =
        new ClusterView(
            true,
            Map.of(CUT, 0L, OTHER, 0L),
            Set.of(OUTPUT),
            Set.of(OUTPUT),
            Optional.of(Set.of("another")));
    failToSend(SEND);
    update();
    assertEquals(Set.of(OUTPUT), detector.unappendable());
    assertFalse(detector.canHandOver(consumer, Duration.ZERO));
  }

  @Test
  void aMemberThatCannotAppendStaysAwayUntilTheLeaderAnswers() {
    outputIsSilent("another");
    failToSend(SEND);
    update();
    detector.leave();
    assertTrue(staysAway(Duration.ofMinutes(5)));
    sees(Map.of(CUT, 0L, OTHER, 0L), "another");
    assertFalse(staysAway(ANSWER));
  }

  @Test
  void nothingStallsWhileKafkaIsAwayOrThePartitionIsPaused() {
    view = ClusterView.NONE;
    assertEquals(Set.of(), after(Duration.ofMinutes(1)));
    sees(Map.of(CUT, 3L, OTHER, 0L));
    consumer.pause(Set.of(CUT));
    assertEquals(Set.of(), after(Duration.ofMinutes(1)));
  }

  @Test
  void aStepThatTakesLongIsNoStall() {
    sees(Map.of(CUT, 3L, OTHER, 0L));
    assertEquals(Set.of(), after(ANSWER));
    nanos += Duration.ofMinutes(2).toNanos();
    assertEquals(Set.of(), update());
  }

  @Test
  void whatHasJustStalledIsHandedOverAfterADelay() {
    sees(Map.of(OTHER, 0L), "another");
    assertEquals(Set.of(CUT), after(TIMEOUT.plusSeconds(1)));
    assertFalse(detector.canHandOver(consumer, DELAY));
    after(DELAY);
    assertTrue(detector.canHandOver(consumer, DELAY));
  }

  @Test
  void onlyAnotherMemberTakesOverAndAsLongAsItIsThereAndTheLeaderDoesNotAnswer() {
    sees(Map.of(OTHER, 0L), consumer.groupMetadata().memberId());
    after(Duration.ofMinutes(1));
    assertFalse(detector.canHandOver(consumer, DELAY));

    sees(Map.of(OTHER, 0L), consumer.groupMetadata().memberId(), "another");
    after(ANSWER);
    assertTrue(detector.canHandOver(consumer, DELAY));

    detector.leave();
    sees(Map.of(CUT, 3L), "another");
    assertTrue(staysAway(TIMEOUT.minusSeconds(5)));
    assertFalse(staysAway(Duration.ofSeconds(6)));

    detector.leave();
    sees(Map.of(), "another");
    assertTrue(staysAway(Duration.ofMinutes(5)));
    sees(Map.of());
    assertFalse(staysAway(ANSWER));
  }

  /** The leaders of the rest do not answer; that of the output does. */
  private void sees(Map<TopicPartition, Long> ends, String... members) {
    Map<TopicPartition, Long> all = new HashMap<>(ends);
    all.put(OUTPUT, 5L);
    Set<TopicPartition> silent = new HashSet<>(Set.of(CUT, OTHER));
    silent.removeAll(ends.keySet());
    view = new ClusterView(true, all, silent, Set.of(), Optional.of(Set.of(members)));
  }

  private void outputIsSilent(String... members) {
    view =
        new ClusterView(
            true,
            Map.of(CUT, 0L, OTHER, 0L),
            Set.of(OUTPUT),
            Set.of(),
            Optional.of(Set.of(members)));
  }

  private void failToSend(Duration time) {
    Callback sent = appends.track();
    nanos += time.toNanos();
    sent.onCompletion(metadata(), new TimeoutException("away"));
  }

  private static RecordMetadata metadata() {
    return new RecordMetadata(OUTPUT, -1, 0, -1, -1, -1);
  }

  private Set<TopicPartition> update() {
    return detector.update(consumer, consumer.poll(Duration.ZERO));
  }

  private boolean staysAway(Duration time) {
    boolean away = true;
    for (int quarters = 0; quarters < time.toSeconds() * 4; quarters++) {
      nanos += Duration.ofMillis(250).toNanos();
      away = detector.staysAway(TIMEOUT);
    }
    return away;
  }

  private Set<TopicPartition> after(Duration time) {
    Set<TopicPartition> stalled = Set.of();
    for (int quarters = 0; quarters < time.toSeconds() * 4; quarters++) {
      nanos += Duration.ofMillis(250).toNanos();
      stalled = update();
    }
    return stalled;
  }
}
