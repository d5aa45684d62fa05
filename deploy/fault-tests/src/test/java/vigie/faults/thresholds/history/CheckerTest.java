// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vigie.faults.thresholds.history.Change.Outcome;
import vigie.faults.thresholds.history.Event.Kind;
import vigie.faults.thresholds.history.Violation.Promise;

/** Histories made by hand; time is in steps. */
class CheckerTest {

  private static final String EXERCISE = "e";
  private static final String SETTLED = "settled";
  private static final long SECOND = 1_000_000_000L;

  private final List<Change> changes = new ArrayList<>();
  private final List<Reading> readings = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Judgement> judgements = new ArrayList<>();
  private Liveness liveness = Liveness.UNLIMITED;
  private int students;

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
    Event event = event(4);
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
    changes.add(
        new Change(
            "other", new Value(20), Condition.ANY, Outcome.ACKNOWLEDGED, 2, new TimeRange(2, 3)));
    judged(event(4), 1, 10);
    assertGood();
  }

  @Test
  void anIndeterminateChangeMayHaveHappenedOrNotOrHappenLater() {
    acknowledged(1, 10, 0, 1);
    put(20, Condition.ANY, Outcome.INDETERMINATE, 0, 2, 3);
    judged(event(4), 1, 10);
    judged(event(4), 2, 20);
    judged(event(5), 1, 10);
    assertGood();
  }

  @Test
  void aRefusedChangeThatHappenedIsFound() {
    acknowledged(1, 10, 0, 1);
    put(20, Condition.ANY, Outcome.REFUSED, 0, 2, 3);
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
  void aChangeBehindAVersionThatWasShownIsFound() {
    acknowledged(1, 10, 0, 1);
    put(30, Condition.ANY, Outcome.INDETERMINATE, 0, 2, 3);
    shown(3, 30, 4, 5);
    acknowledged(2, 20, 6, 7);
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
    put(20, Condition.ANY, Outcome.INDETERMINATE, 0, 2, 3);
    judged(event(3), 2, 20, 4);
    judged(event(5), 1, 10, 6);
    assertBroken(Promise.WHAT_WAS_SEEN_IS_NEVER_TAKEN_BACK);
  }

  @Test
  void aChangeThatWasShownAndThenForgottenIsFound() {
    acknowledged(1, 10, 0, 1);
    put(20, Condition.ANY, Outcome.INDETERMINATE, 0, 2, 3);
    shown(2, 20, 3, 4);
    judged(event(5), 1, 10, 6);
    assertBroken(Promise.WHAT_WAS_SEEN_IS_NEVER_TAKEN_BACK);
  }

  @Test
  void anOldVersionShownAfterAChangeIsFound() {
    acknowledged(1, 10, 0, 1);
    acknowledged(2, 20, 2, 3);
    shown(1, 10, 4, 5);
    assertBroken(Promise.A_CHANGE_IS_NEVER_MISSED);
  }

  @Test
  void anOldVersionInAConflictIsFound() {
    acknowledged(1, 10, 0, 1);
    acknowledged(2, 20, 2, 3);
    acknowledged(3, 30, 4, 5);
    put(40, new Condition(1), Outcome.CONFLICT, 2, 6, 7);
    assertBroken(Promise.A_CHANGE_IS_NEVER_MISSED);
  }

  @Test
  void readingsThatOverlapAChangeMayShowEither() {
    acknowledged(1, 10, 0, 1);
    acknowledged(2, 20, 4, 8);
    shown(1, 10, 3, 5);
    shown(2, 20, 5, 6);
    put(40, new Condition(1), Outcome.CONFLICT, 2, 5, 7);
    assertGood();
  }

  @Test
  void anAlertBeforeItsChangeWasSentIsFound() {
    acknowledged(1, 10, 0, 1);
    judged(event(1), 2, 20, 3);
    acknowledged(2, 20, 4, 5);
    assertBroken(Promise.NO_VERSION_IS_SEEN_BEFORE_ITS_CHANGE);
  }

  @Test
  void aRequestSentAgainMayHaveHappenedTheFirstTime() {
    acknowledged(1, 10, 0, 1);
    put(20, new Condition(1), Outcome.INDETERMINATE, 0, 2, 3);
    judged(event(3), 2, 20, 4);
    put(20, new Condition(1), Outcome.ACKNOWLEDGED, 2, 5, 6);
    assertGood();
  }

  @Test
  void aLostChangeWhoseVersionWasGivenAgainIsFound() {
    put(10, Condition.ANY, Outcome.INDETERMINATE, 0, 0, 1);
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
    put(10, Condition.ANY, Outcome.INDETERMINATE, 0, 0, 1);
    put(20, Condition.ANY, Outcome.INDETERMINATE, 0, 0, 1);
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
  void aChangeWhoseConditionDidNotHoldIsFound() {
    acknowledged(1, 10, 0, 1);
    acknowledged(2, 20, 2, 3);
    put(30, new Condition(1), Outcome.ACKNOWLEDGED, 3, 4, 5);
    assertBroken(Promise.CONDITIONS_ARE_KEPT);
  }

  @Test
  void aCreationOverAThresholdIsFound() {
    acknowledged(1, 10, 0, 1);
    put(20, Condition.ABSENT, Outcome.ACKNOWLEDGED, 2, 2, 3);
    assertBroken(Promise.CONDITIONS_ARE_KEPT);
  }

  @Test
  void aConflictWhereTheConditionHoldsIsFound() {
    acknowledged(1, 10, 0, 1);
    put(20, new Condition(1), Outcome.CONFLICT, 1, 2, 3);
    assertBroken(Promise.CONDITIONS_ARE_KEPT);
  }

  @Test
  void conditionsOnWhatIsThereAreGood() {
    acknowledged(1, 10, 0, 1);
    deleted(2, 2, 3);
    put(20, new Condition(2), Outcome.CONFLICT, 2, 4, 5);
    put(30, Condition.ABSENT, Outcome.ACKNOWLEDGED, 3, 6, 7);
    put(40, new Condition(3), Outcome.ACKNOWLEDGED, 4, 8, 9);
    put(50, Condition.ABSENT, Outcome.CONFLICT, 4, 10, 11);
    assertGood();
  }

  @Test
  void aDeletedThresholdThatIsStillUsedIsFound() {
    acknowledged(1, 10, 0, 1);
    deleted(2, 2, 3);
    judged(event(4), 1, 10);
    assertBroken(Promise.A_CHANGE_IS_NEVER_MISSED);
  }

  @Test
  void aThresholdThatIsShownAsAbsentIsFound() {
    acknowledged(1, 10, 0, 1);
    readings.add(Reading.absent(EXERCISE, new TimeRange(2, 3)));
    assertBroken(Promise.ABSENCE_IS_TRUE);
  }

  @Test
  void aDeletionThatFoundNothingWhereThereWasSomethingIsFound() {
    acknowledged(1, 10, 0, 1);
    changes.add(
        new Change(EXERCISE, Value.NONE, Condition.ANY, Outcome.NOT_FOUND, 0, new TimeRange(2, 3)));
    assertBroken(Promise.ABSENCE_IS_TRUE);
  }

  @Test
  void absencesThatMayBeTrueAreGood() {
    readings.add(Reading.absent(EXERCISE, new TimeRange(0, 3)));
    acknowledged(1, 10, 1, 4);
    changes.add(
        new Change(
            EXERCISE, Value.NONE, Condition.ANY, Outcome.INDETERMINATE, 0, new TimeRange(5, 6)));
    readings.add(Reading.absent(EXERCISE, new TimeRange(7, 8)));
    assertGood();
  }

  @Test
  void aMissingAlertIsFound() {
    acknowledged(1, 10, 0, 1);
    acknowledged(2, 20, 2, 3);
    silent(15, 4, 5);
    assertBroken(Promise.NO_ALERT_IS_MISSING);
  }

  @Test
  void anAlertThatCameOnlyWhenTheResultWasJudgedAgainIsFound() {
    acknowledged(1, 10, 0, 1);
    judged(silent(5, 2, 3), 1, 10, 9);
    assertBroken(Promise.NO_ALERT_IS_MISSING);
  }

  @Test
  void resultsWithoutAnAlertThatNeededNoneAreGood() {
    acknowledged(1, 10, 0, 1);
    silent(10, 1, 3);
    acknowledged(2, 20, 4, 6);
    silent(15, 5, 7);
    deleted(3, 8, 9);
    silent(0, 10, 11);
    put(5, Condition.ANY, Outcome.INDETERMINATE, 0, 12, 13);
    silent(7, 14, 15);
    assertGood();
  }

  @Test
  void anAlertForAScoreThatDoesNotFailIsFound() {
    acknowledged(1, 10, 0, 1);
    judged(event(10, 2), 1, 10);
    assertBroken(Promise.AN_ALERT_FOLLOWS_FROM_ITS_SCORE);
  }

  @Test
  void anAcceptedEventThatIsNotJudgedIsFound() {
    settled(2, true);
    assertBroken(Promise.EVERY_ACCEPTED_EVENT_IS_JUDGED);
  }

  @Test
  void anEventThatWasNotAcceptedNeedNotBeJudged() {
    settled(2, false);
    assertGood();
  }

  @Test
  void aSecondAlertIdForAnEventIsFound() {
    acknowledged(1, 10, 0, 1);
    Event event = event(2);
    judged(event, 1, 10);
    judgements.add(
        new Judgement(UUID.randomUUID(), event.student(), EXERCISE, event.score(), 1, 10, 9));
    assertBroken(Promise.AN_EVENT_HAS_ONE_ALERT_ID);
  }

  @Test
  void aJudgementOfAnEventThatNobodySentIsFound() {
    acknowledged(1, 10, 0, 1);
    judgements.add(new Judgement(UUID.randomUUID(), "nobody", EXERCISE, 0, 1, 10, 9));
    assertBroken(Promise.NOTHING_IS_MADE_UP);
  }

  @Test
  void settledResultsThatWaitWhileAReplicaIsAwayAreFound() {
    liveness = new Liveness(true, 60 * SECOND, Optional.empty());
    alerted(settled(2, true), 11 * SECOND);
    assertBroken(Promise.JUDGING_GOES_ON);
  }

  @Test
  void resultsThatWaitAfterAllIsWholeAreFound() {
    liveness = new Liveness(false, 60 * SECOND, Optional.empty());
    alerted(settled(2, true), 81 * SECOND);
    assertBroken(Promise.JUDGING_GOES_ON);
  }

  @Test
  void resultsThatWaitAsLongAsTheyMayAreGood() {
    liveness = new Liveness(true, 60 * SECOND, Optional.empty());
    acknowledged(1, 10, 0, 1);
    alerted(settled(2, true), 9 * SECOND);
    silent(50, 2, 79 * SECOND);
    assertGood();
  }

  @Test
  void whatIsJudgedWhileNoReplicaAnswersIsFound() {
    liveness =
        new Liveness(false, 60 * SECOND, Optional.of(new TimeRange(10 * SECOND, 20 * SECOND)));
    alerted(settled(2, true), 12 * SECOND);
    assertBroken(Promise.A_SERVER_THAT_IS_ALONE_IS_NOT_BELIEVED);
  }

  @Test
  void whatIsJudgedJustAfterTheLastConfirmationOrAfterTheNextIsGood() {
    liveness =
        new Liveness(false, 60 * SECOND, Optional.of(new TimeRange(10 * SECOND, 20 * SECOND)));
    alerted(settled(2, true), 11 * SECOND);
    alerted(settled(3, true), 21 * SECOND);
    assertGood();
  }

  private void acknowledged(long version, double value, long sent, long answered) {
    put(value, Condition.ANY, Outcome.ACKNOWLEDGED, version, sent, answered);
  }

  private void put(
      double value, Condition condition, Outcome outcome, long version, long sent, long answered) {
    changes.add(
        new Change(
            EXERCISE,
            new Value(value),
            condition,
            outcome,
            version,
            new TimeRange(sent, answered)));
  }

  private void deleted(long version, long sent, long answered) {
    changes.add(
        new Change(
            EXERCISE,
            Value.NONE,
            Condition.ANY,
            Outcome.ACKNOWLEDGED,
            version,
            new TimeRange(sent, answered)));
  }

  private void shown(long version, double value, long sent, long answered) {
    readings.add(new Reading(EXERCISE, version, new Value(value), new TimeRange(sent, answered)));
  }

  /** Below every threshold. */
  private Event event(long sent) {
    return event(0, sent);
  }

  private Event event(double score, long sent) {
    Event event =
        new Event("s-" + ++students, EXERCISE, score, new TimeRange(sent, sent), true, Kind.TRIAL);
    events.add(event);
    return event;
  }

  /** A result that had raised no alert when its witness raised one. */
  private Event silent(double score, long sent, long until) {
    Event event = event(score, sent);
    Event witness =
        new Event(event.student(), SETTLED, 0, new TimeRange(sent, sent), true, Kind.WITNESS);
    events.add(witness);
    alerted(witness, until);
    return event;
  }

  private Event settled(long sent, boolean accepted) {
    Event event =
        new Event("s-" + ++students, SETTLED, 0, new TimeRange(sent, sent), accepted, Kind.SETTLED);
    events.add(event);
    return event;
  }

  private void alerted(Event event, long at) {
    if (changes.stream().noneMatch(change -> change.exercise().equals(SETTLED))) {
      changes.add(
          new Change(
              SETTLED,
              new Value(50),
              Condition.ANY,
              Outcome.ACKNOWLEDGED,
              1,
              new TimeRange(-2, -1)));
    }
    judged(event, 1, 50, at);
  }

  private void judged(Event event, long version, double threshold) {
    judged(event, version, threshold, 9);
  }

  private void judged(Event event, long version, double threshold, long at) {
    UUID alert = new UUID(1, event.hashCode());
    judgements.add(
        new Judgement(
            alert, event.student(), event.exercise(), event.score(), version, threshold, at));
  }

  private History history() {
    return new History(changes, readings, events, judgements, liveness);
  }

  private void assertGood() {
    assertEquals(List.of(), Checker.check(history()));
  }

  private void assertBroken(Promise promise) {
    List<Violation> violations = Checker.check(history());
    assertEquals(
        List.of(promise),
        violations.stream().map(Violation::promise).distinct().toList(),
        violations::toString);
  }
}
