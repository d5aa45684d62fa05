// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.analytics;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import vigie.benchmark.Dice;

/** Commits of new results and their alerts, and of some that were archived before. */
final class Flow {

  /** Shorter than a batch, so that there always is one. */
  private static final Duration PAUSE = Duration.ofMillis(300);

  private static final int HUNDRED = 100;
  private static final int LEAST = 3;
  private static final int HUNDREDS = 20;
  private static final int AGAIN_EVERY = 4;

  private final Tables tables;
  private final Sitting sitting;

  /** Asked by the threads of {@link Onlooker}s. */
  private final Set<Long> results = ConcurrentHashMap.newKeySet();

  private final Set<Long> alerts = ConcurrentHashMap.newKeySet();

  private Tables.State state;
  private long end;
  private long alertsSoFar;

  Flow(Tables tables, Sitting sitting) {
    this.tables = tables;
    this.sitting = sitting;
    results.add(0L);
    alerts.add(0L);
  }

  /** Whether so many different events were archived before or after some commit. */
  boolean had(long someResults, long someAlerts) {
    return results.contains(someResults) && alerts.contains(someAlerts);
  }

  /** Different results that are archived now. */
  long results() {
    return Sitting.distinct(end);
  }

  /** Different alerts that are archived now. */
  long alerts() {
    return alertsSoFar;
  }

  /** Where the tables are now. */
  Tables.State state() {
    return state;
  }

  void commit(Dice dice) {
    long count = HUNDRED * (LEAST + (long) dice.below(HUNDREDS));
    if (end > count && dice.below(AGAIN_EVERY) == 0) {
      long from = HUNDRED * (long) dice.below((int) ((end - count) / HUNDRED));
      state = tables.appendJudged(from, count);
    } else {
      alertsSoFar += sitting.distinctAlerts(end, count);
      alerts.add(alertsSoFar);
      results.add(Sitting.distinct(end + count));
      state = tables.appendJudged(end, count);
      end += count;
    }
  }

  /** Commits one after the other while {@code something} happens. */
  <T> T during(Dice dice, CompletableFuture<T> something) throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    CompletableFuture<T> noticed = something.whenComplete((result, failure) -> over.countDown());
    do {
      commit(dice);
    } while (!over.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    return noticed.join();
  }
}
