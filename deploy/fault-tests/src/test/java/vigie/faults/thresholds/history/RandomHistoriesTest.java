// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import vigie.faults.thresholds.history.Change.Outcome;
import vigie.faults.thresholds.history.Event.Kind;
import vigie.harness.Seed;
import vigie.harness.Tier;

/** Histories of a simulated register, as they are and with one thing changed. */
class RandomHistoriesTest {

  private static final int HISTORIES = Tier.count("vigie.histories", 300, 20_000);
  private static final int OPERATIONS = 120;
  private static final long SEED = Seed.of(RandomHistoriesTest.class);

  @Test
  void aHistoryOfARegisterIsGood() {
    for (int i = 0; i < HISTORIES; i++) {
      assertEquals(List.of(), Checker.check(simulated(i).history()), "seed " + (SEED + i));
    }
  }

  @Test
  void anAlertByAVersionThatWasReplacedIsFound() {
    found(
        all ->
            replaced(
                all.judgements,
                one -> isTrial(one) && isAcknowledgedBefore(all, one) && one.version() > 1,
                one -> withVersion(one, one.version() - 1)));
  }

  @Test
  void anAlertByAVersionToComeIsFound() {
    found(
        all ->
            replaced(
                all.judgements,
                one ->
                    isTrial(one)
                        && all.changes.stream()
                            .anyMatch(
                                change ->
                                    change.isAcknowledged()
                                        && change.exercise().equals(one.exercise())
                                        && change.version() == one.version() + 1
                                        && change.span().from() > one.at()),
                one -> withVersion(one, one.version() + 1)));
  }

  @Test
  void aLostAlertIsFound() {
    found(
        all -> {
          Optional<Judgement> lost =
              all.judgements.stream()
                  .filter(RandomHistoriesTest::isTrial)
                  .filter(one -> noVersionWouldBeSilent(all, one))
                  .findFirst();
          lost.ifPresent(all.judgements::remove);
          return lost.isPresent();
        });
  }

  @Test
  void aLostWitnessIsFound() {
    found(all -> all.judgements.removeIf(one -> !isTrial(one)));
  }

  @Test
  void anAlertThatIsNotDueIsFound() {
    found(
        all ->
            replaced(
                all.judgements,
                RandomHistoriesTest::isTrial,
                one ->
                    new Judgement(
                        one.alertId(),
                        one.student(),
                        one.exercise(),
                        one.threshold(),
                        one.version(),
                        one.threshold(),
                        one.at())));
  }

  @Test
  void anotherValueIsFound() {
    found(
        all ->
            replaced(
                all.readings,
                one -> one.value().isThreshold(),
                one -> new Reading(one.exercise(), one.version(), new Value(99.5), one.span())));
  }

  @Test
  void anAcknowledgedVersionThatIsNotItsOwnIsFound() {
    found(
        all ->
            replaced(
                all.changes,
                one ->
                    one.isAcknowledged()
                        && all.readings.stream()
                            .anyMatch(reading -> reading.version() == one.version()),
                one ->
                    new Change(
                        one.exercise(),
                        one.value(),
                        one.condition(),
                        one.outcome(),
                        one.version() + 1,
                        one.span())));
  }

  @Test
  void aRefusedChangeThatIsSeenIsFound() {
    found(
        all ->
            replaced(
                all.changes,
                one ->
                    one.outcome() == Outcome.INDETERMINATE
                        && all.readings.stream()
                            .anyMatch(
                                reading ->
                                    one.value().isThreshold()
                                        && reading.value().equals(one.value())),
                one ->
                    new Change(
                        one.exercise(),
                        one.value(),
                        one.condition(),
                        Outcome.REFUSED,
                        0,
                        one.span())));
  }

  @Test
  void aSecondAlertIdIsFound() {
    found(
        all -> {
          Judgement one = all.judgements.get(0);
          all.judgements.add(
              new Judgement(
                  new UUID(7, 7),
                  one.student(),
                  one.exercise(),
                  one.score(),
                  one.version(),
                  one.threshold(),
                  one.at()));
          return true;
        });
  }

  /** Each history that can be changed so is not good any more, and most can. */
  private static void found(Predicate<SimulatedRegister> change) {
    int changed = 0;
    for (int i = 0; i < HISTORIES; i++) {
      SimulatedRegister simulated = simulated(i);
      if (change.test(simulated)) {
        changed++;
        assertTrue(!Checker.check(simulated.history()).isEmpty(), "seed " + (SEED + i));
      }
    }
    assertTrue(changed > HISTORIES / 10, "only %d could be changed".formatted(changed));
  }

  private static SimulatedRegister simulated(int index) {
    return new SimulatedRegister(SEED + index).run(OPERATIONS);
  }

  /** Replaces the first that is wanted. */
  private static <T> boolean replaced(List<T> all, Predicate<T> wanted, Function<T, T> change) {
    for (int i = 0; i < all.size(); i++) {
      if (wanted.test(all.get(i))) {
        all.set(i, change.apply(all.get(i)));
        return true;
      }
    }
    return false;
  }

  private static boolean isTrial(Judgement judgement) {
    return judgement.exercise().equals(SimulatedRegister.EXERCISE);
  }

  private static Judgement withVersion(Judgement one, long version) {
    return new Judgement(
        one.alertId(),
        one.student(),
        one.exercise(),
        one.score(),
        version,
        one.threshold(),
        one.at());
  }

  /** Whether the version of an alert, or a later one, was acknowledged before its result. */
  private static boolean isAcknowledgedBefore(SimulatedRegister all, Judgement judgement) {
    long sent = event(all, judgement).span().from();
    return all.changes.stream()
        .anyMatch(
            change ->
                change.isAcknowledged()
                    && change.exercise().equals(judgement.exercise())
                    && change.version() >= judgement.version()
                    && change.span().to() < sent);
  }

  /** Whether the result fails each version that it can have met. */
  private static boolean noVersionWouldBeSilent(SimulatedRegister all, Judgement judgement) {
    Event event = event(all, judgement);
    List<Change> own = new ArrayList<>(all.changes);
    own.removeIf(change -> !change.exercise().equals(judgement.exercise()));
    long before =
        own.stream()
            .filter(change -> change.isAcknowledged() && change.span().to() < event.span().from())
            .mapToLong(Change::version)
            .max()
            .orElse(0);
    return before > 0
        && own.stream()
            .filter(change -> change.mayHaveHappened() && change.span().from() <= judgement.at())
            .allMatch(
                change ->
                    (change.isAcknowledged() && change.version() < before)
                        || change.value().fails(event.score()));
  }

  private static Event event(SimulatedRegister all, Judgement judgement) {
    return all.events.stream()
        .filter(event -> event.kind() == Kind.TRIAL)
        .filter(event -> event.student().equals(judgement.student()))
        .findFirst()
        .orElseThrow();
  }
}
