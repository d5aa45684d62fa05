// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

import org.junit.jupiter.api.Test;
import vigie.faults.thresholds.history.Change.Outcome;
import vigie.faults.thresholds.history.Violation.Promise;

/** What the checker finds in changes and readings of thresholds, and in what was judged by them. */
class ThresholdCheckTest extends HistoryFixture {

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
}
