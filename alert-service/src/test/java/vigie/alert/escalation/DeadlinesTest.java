// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.escalation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vigie.events.Alert;

/** Units have two minutes; one clock at a time is wrong, the others show the true time. */
class DeadlinesTest {

  private static final Duration AFTER = Duration.ofMinutes(2);
  private static final Instant NINE = Instant.parse("2026-06-15T09:00:00Z");

  private Instant truth = NINE;

  /** How far this machine's clock is ahead. */
  private Duration own = Duration.ZERO;

  private final Deadlines deadlines =
      new Deadlines(
          AFTER,
          new BrokerTime(() -> truth.plus(own), () -> Duration.between(NINE, truth).toNanos()));

  static Stream<Duration> wrong() {
    return Stream.of(
        Duration.ofHours(1), Duration.ofDays(1), Duration.ofHours(-1), Duration.ofDays(-1));
  }

  @Test
  void anAlertIsDueWhenUnitsHadTheirTime() {
    assertEquals(AFTER, deadlines.left(raisedAt(NINE), NINE));
    pass(Duration.ofSeconds(119));
    assertEquals(Duration.ofSeconds(1), deadlines.left(raisedAt(NINE), NINE));
    pass(Duration.ofSeconds(1));
    assertEquals(Duration.ZERO, deadlines.left(raisedAt(NINE), NINE));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aWrongJudgeNeitherDelaysNorDropsAnAlert(Duration ahead) {
    Alert alert = raisedAt(NINE.plus(ahead));
    pass(AFTER);
    assertEquals(Duration.ZERO, deadlines.left(alert, NINE));
    assertFalse(deadlines.isOver(alert, NINE, truth));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aWrongBrokerNeitherDelaysNorDropsAnAlert(Duration ahead) {
    Instant appended = NINE.plus(ahead);
    pass(AFTER);
    assertEquals(Duration.ZERO, deadlines.left(raisedAt(NINE), appended));
    assertFalse(deadlines.isOver(raisedAt(NINE), appended, truth));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void theOwnClockHoldsNothingLongerThanUnitsHave(Duration ahead) {
    own = ahead;
    Alert first = raisedAt(NINE);
    Duration left = deadlines.left(first, NINE);
    assertTrue(left.compareTo(AFTER) <= 0, left::toString);
    pass(left);
    assertEquals(Duration.ZERO, deadlines.left(first, NINE));

    Instant second = NINE.plusSeconds(1);
    Duration next = deadlines.left(raisedAt(second), second);
    assertTrue(next.compareTo(Duration.ofSeconds(1)) <= 0, "its time began when it was raised");
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void onceTheOwnClockIsCorrectedAllIsAsBefore(Duration ahead) {
    own = ahead;
    Duration early = deadlines.left(raisedAt(NINE), NINE);
    pass(Duration.ofMinutes(10));
    own = Duration.ZERO;

    assertTrue(early.compareTo(AFTER) <= 0);
    assertEquals(AFTER, deadlines.left(raisedAt(truth), truth));
  }

  @Test
  void afterAnHourItConcernsNobody() {
    Instant end = NINE.plus(AFTER).plus(Duration.ofHours(1));
    assertFalse(deadlines.isOver(raisedAt(NINE), NINE, end.minusMillis(1)));
    assertTrue(deadlines.isOver(raisedAt(NINE), NINE, end));
  }

  private void pass(Duration time) {
    truth = truth.plus(time);
  }

  private static Alert raisedAt(Instant instant) {
    return Alert.newBuilder()
        .setId(UUID.randomUUID())
        .setEventId(UUID.randomUUID())
        .setStudentId("s")
        .setExerciseId("c-loops")
        .setScore(10)
        .setThreshold(50)
        .setThresholdVersion(1)
        .setLatitude(45.76)
        .setLongitude(4.83)
        .setOccurredAt(NINE)
        .setRaisedAt(instant)
        .build();
  }
}
