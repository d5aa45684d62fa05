// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vigie.faults.thresholds.history.Change.Outcome;
import vigie.faults.thresholds.history.Violation.Promise;

/** What the checker finds in alerts, and in what was judged too late or not at all. */
class AlertCheckTest extends HistoryFixture {

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
}
