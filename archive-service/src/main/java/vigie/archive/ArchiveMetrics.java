// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicLong;

/** What one table counts; every meter carries the table's name. */
final class ArchiveMetrics {

  private final Counter rows;
  private final Counter deadLetters;
  private final Counter failures;
  private final Timer commits;
  private final AtomicLong lag = new AtomicLong();

  ArchiveMetrics(MeterRegistry registry, String table, TableHealth health) {
    rows = registry.counter("vigie.archive.rows", "table", table);
    deadLetters = registry.counter("vigie.archive.dead.letters", "table", table);
    failures = registry.counter("vigie.archive.failures", "table", table);
    commits =
        Timer.builder("vigie.archive.commit")
            .tag("table", table)
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    Gauge.builder("vigie.archive.lag", lag, AtomicLong::get)
        .description("Records in the assigned partitions that are not yet in the table")
        .tag("table", table)
        .register(registry);
    Gauge.builder("vigie.archive.unconfirmed.seconds", health, TableHealth::unconfirmed)
        .description("Since all that an interval brought was last committed, be it nothing")
        .tag("table", table)
        .register(registry);
    Gauge.builder("vigie.archive.stopped.partitions", health, TableHealth::stoppedPartitions)
        .tag("table", table)
        .register(registry);
  }

  void deadLetter() {
    deadLetters.increment();
  }

  void failed() {
    failures.increment();
  }

  void lag(long records) {
    lag.set(records);
  }

  /** Runs the commit and counts it and its rows if it succeeds. */
  void committing(long rowsOfCommit, Runnable commit) {
    Timer.Sample sample = Timer.start();
    commit.run();
    sample.stop(commits);
    rows.increment((double) rowsOfCommit);
  }
}
