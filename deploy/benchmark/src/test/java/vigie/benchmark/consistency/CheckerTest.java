// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.consistency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vigie.benchmark.consistency.Put.Outcome;
import vigie.benchmark.consistency.Violation.Promise;

/** Histories made by hand; time is in steps. */
class CheckerTest {

  private final List<Put> puts = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Judgement> judgements = new ArrayList<>();

  @Test
  void eventsJudgedByTheNewestChangeOrALaterOneAreGood() {
    acknowledged(1, 10, 0, 1);
    acknowledged(2, 20, 4, 6);
    judged(event(2), 1, 10);
    judged(event(2), 2, 20);
    judged(event(7), 2, 20);
    assertGood();
  }

  @Test
  void anEventSentWhileAChangeIsUnderWayMayBeJudgedEitherWay() {
    acknowledged(1, 10, 0, 1);
    acknowledged(2, 20, 4, 6);
    judged(event(5), 1, 10);
    judged(event(6), 2, 20);
    assertGood();
  }

  @Test
  void aMissedChangeIsFound() {
    acknowledged(1, 10, 0, 1);
    acknowledged(2, 20, 2, 3);
    judged(event(4), 1, 10);
    assertBroken(Promise.A_CHANGE_IS_NEVER_MISSED);
  }

  @Test
  void aMissedChangeIsFoundAlsoInARepeatedAlert() {
    acknowledged(1, 10, 0, 1);
    acknowledged(2, 20, 2, 3);
    UUID event = event(4);
    judged(event, 2, 20);
    judged(event, 1, 10);
    assertBroken(Promise.A_CHANGE_IS_NEVER_MISSED);
  }

  @Test
  void anAcknowledgedChangeIsNotExcusedByAnEarlierOneThatWasAnsweredLater() {
    acknowledged(3, 30, 0, 1);
    acknowledged(2, 20, 0, 3);
    acknowledged(1, 10, 0, 4);
    judged(event(5), 2, 20);
    assertBroken(Promise.A_CHANGE_IS_NEVER_MISSED);
  }

  @Test
  void aChangeOfAnotherExerciseDoesNotCount() {
    acknowledged(1, 10, 0, 1);
    puts.add(new Put("other", 20, Outcome.ACKNOWLEDGED, 2, 2, 3));
    judged(event(4), 1, 10);
    assertGood();
  }

  @Test
  void anIndeterminateChangeMayHaveHappenedOrNotOrHappenLater() {
    acknowledged(1, 10, 0, 1);
    puts.add(new Put("e", 20, Outcome.INDETERMINATE, 0, 2, 3));
    judged(event(4), 1, 10);
    judged(event(4), 2, 20);
    judged(event(5), 1, 10);
    assertGood();
  }

  @Test
  void aRefusedChangeThatHappenedIsFound() {
    acknowledged(1, 10, 0, 1);
    puts.add(new Put("e", 20, Outcome.REFUSED, 0, 2, 3));
    judged(event(4), 2, 20);
    assertBroken(Promise.WHAT_WAS_REFUSED_NEVER_HAPPENS);
  }

  @Test
  void aVersionThatGoesBackIsFound() {
    acknowledged(5, 10, 0, 1);
    acknowledged(4, 20, 2, 3);
    assertBroken(Promise.VERSIONS_NEVER_GO_BACK);
  }

  @Test
  void changesUnderWayAtOnceMayGetVersionsInAnyOrder() {
    acknowledged(2, 20, 0, 3);
    acknowledged(1, 10, 1, 4);
    assertGood();
  }

  @Test
  void aChangeThatWasUsedAndThenForgottenIsFound() {
    acknowledged(1, 10, 0, 1);
    puts.add(new Put("e", 20, Outcome.INDETERMINATE, 0, 2, 3));
    judged(event(3), 2, 20, 4);
    judged(event(5), 1, 10, 6);
    assertBroken(Promise.WHAT_WAS_USED_IS_NEVER_TAKEN_BACK);
  }

  @Test
  void aLostChangeWhoseVersionWasGivenAgainIsFound() {
    puts.add(new Put("e", 10, Outcome.INDETERMINATE, 0, 0, 1));
    judged(event(1), 1, 10);
    acknowledged(1, 20, 2, 3);
    assertBroken(Promise.A_VERSION_HAS_ONE_VALUE);
  }

  @Test
  void aVersionGivenTwiceIsFound() {
    acknowledged(1, 10, 0, 3);
    acknowledged(1, 20, 1, 4);
    assertBroken(Promise.A_VERSION_HAS_ONE_VALUE);
  }

  @Test
  void aVersionWithTwoValuesIsFound() {
    puts.add(new Put("e", 10, Outcome.INDETERMINATE, 0, 0, 1));
    puts.add(new Put("e", 20, Outcome.INDETERMINATE, 0, 0, 1));
    judged(event(4), 1, 10);
    judged(event(4), 1, 20);
    assertBroken(Promise.A_VERSION_HAS_ONE_VALUE);
  }

  @Test
  void aJudgementByAnotherVersionOfAnAcknowledgedValueIsFound() {
    acknowledged(1, 10, 0, 1);
    judged(event(2), 2, 10);
    assertBroken(Promise.A_VERSION_HAS_ONE_VALUE);
  }

  @Test
  void aThresholdThatNobodyAskedForIsFound() {
    acknowledged(1, 10, 0, 1);
    judged(event(2), 2, 11);
    assertBroken(Promise.NOTHING_IS_MADE_UP);
  }

  @Test
  void anAcceptedEventThatIsNotJudgedIsFound() {
    acknowledged(1, 10, 0, 1);
    UUID event = event(2);
    assertEquals(1, events.stream().filter(one -> one.id().equals(event)).count());
    assertBroken(Promise.EVERY_ACCEPTED_EVENT_IS_JUDGED);
  }

  @Test
  void anEventThatWasNotAcceptedNeedNotBeJudged() {
    events.add(new Event(UUID.randomUUID(), "e", 2, at(2), false));
    assertGood();
  }

  @Test
  void aSecondAlertIdForAnEventIsFound() {
    acknowledged(1, 10, 0, 1);
    UUID event = event(2);
    judged(event, 1, 10);
    judgements.add(new Judgement(UUID.randomUUID(), event, "e", 1, 10, at(9)));
    assertBroken(Promise.AN_EVENT_HAS_ONE_ALERT_ID);
  }

  @Test
  void aJudgementOfAnEventThatNobodySentIsFound() {
    acknowledged(1, 10, 0, 1);
    judged(UUID.randomUUID(), 1, 10);
    assertBroken(Promise.NOTHING_IS_MADE_UP);
  }

  private void acknowledged(long version, double value, long sent, long answered) {
    puts.add(new Put("e", value, Outcome.ACKNOWLEDGED, version, sent, answered));
  }

  private UUID event(long sent) {
    UUID id = UUID.randomUUID();
    events.add(new Event(id, "e", sent, at(sent), true));
    return id;
  }

  private void judged(UUID event, long version, double threshold) {
    judged(event, version, threshold, 9);
  }

  private void judged(UUID event, long version, double threshold, long at) {
    UUID alert = new UUID(1, event.hashCode());
    judgements.add(new Judgement(alert, event, "e", version, threshold, at(at)));
  }

  private static Instant at(long step) {
    return Instant.EPOCH.plusMillis(step);
  }

  private void assertGood() {
    assertEquals(List.of(), Checker.check(new History(puts, events, judgements)));
  }

  private void assertBroken(Promise promise) {
    assertEquals(
        List.of(promise),
        Checker.check(new History(puts, events, judgements)).stream()
            .map(Violation::promise)
            .distinct()
            .toList());
  }
}
