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
import org.apache.kafka.common.TopicPartition;
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

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private ClusterView view;
  private long nanos;
  private final StallDetector detector =
      new StallDetector(
          query -> CompletableFuture.completedFuture(view),
          Optional.of("group"),
          Set.of(OUTPUT.topic()),
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
    view = new ClusterView(true, Map.of(CUT, 0L, OTHER, 0L), Set.of(OUTPUT), Set.of());
    assertEquals(Set.of(), after(TIMEOUT.minusSeconds(1)));
    nanos += Duration.ofSeconds(20).toNanos();
    assertEquals(Set.of(OUTPUT), after(Duration.ofSeconds(3)));
    sees(Map.of(CUT, 0L, OTHER, 0L));
    assertEquals(Set.of(), after(ANSWER));
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
    assertEquals(Set.of(), detector.update(consumer, consumer.poll(Duration.ZERO)));
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
    view = new ClusterView(true, all, silent, Set.of(members));
  }

  private boolean staysAway(Duration time) {
    boolean away = true;
    for (int quarters = 0; quarters < time.toSeconds() * 4; quarters++) {
      nanos += Duration.ofMillis(250).toNanos();
      away = detector.staysAway();
    }
    return away;
  }

  private Set<TopicPartition> after(Duration time) {
    Set<TopicPartition> stalled = Set.of();
    for (int quarters = 0; quarters < time.toSeconds() * 4; quarters++) {
      nanos += Duration.ofMillis(250).toNanos();
      stalled = detector.update(consumer, consumer.poll(Duration.ZERO));
    }
    return stalled;
  }
}
