// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.analytics;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import vigie.faults.harness.SeededRandom;

/** Commits of new results and their alerts, and of some that were archived before. */
final class ArchiveWriter {

  /** Shorter than a batch, so that there always is one. */
  private static final Duration PAUSE = Duration.ofMillis(300);

  private static final int HUNDRED = 100;
  private static final int LEAST = 3;
  private static final int HUNDREDS = 20;
  private static final int AGAIN_EVERY = 4;

  private final ArchiveTables tables;
  private final ExamDataset dataset;

  /** Asked by the threads of {@link ConsistencyObserver}s. */
  private final Set<Long> results = ConcurrentHashMap.newKeySet();

  private final Set<Long> alerts = ConcurrentHashMap.newKeySet();

  private ArchiveTables.State state;
  private long end;
  private long alertsSoFar;

  ArchiveWriter(ArchiveTables tables, ExamDataset dataset) {
    this.tables = tables;
    this.dataset = dataset;
    results.add(0L);
    alerts.add(0L);
  }

  /** Whether so many different events were archived before or after some commit. */
  boolean had(long someResults, long someAlerts) {
    return results.contains(someResults) && alerts.contains(someAlerts);
  }

  /** Different results that are archived now. */
  long results() {
    return ExamDataset.distinct(end);
  }

  /** Different alerts that are archived now. */
  long alerts() {
    return alertsSoFar;
  }

  /** Where the tables are now. */
  ArchiveTables.State state() {
    return state;
  }

  void commit(SeededRandom random) {
    long count = HUNDRED * (LEAST + (long) random.below(HUNDREDS));
    if (end > count && random.below(AGAIN_EVERY) == 0) {
      long from = HUNDRED * (long) random.below((int) ((end - count) / HUNDRED));
      state = tables.appendJudged(from, count);
    } else {
      alertsSoFar += dataset.distinctAlerts(end, count);
      alerts.add(alertsSoFar);
      results.add(ExamDataset.distinct(end + count));
      state = tables.appendJudged(end, count);
      end += count;
    }
  }

  /** Commits one after the other while {@code something} happens. */
  <T> T during(SeededRandom random, CompletableFuture<T> something) throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    CompletableFuture<T> noticed = something.whenComplete((result, failure) -> over.countDown());
    do {
      commit(random);
    } while (!over.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    return noticed.join();
  }
}
