// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.driver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import vigie.analytics.archive.AsOf;
import vigie.analytics.publish.BatchSequence;
import vigie.analytics.publish.Publication;
import vigie.analytics.publish.Publisher;

/** Counts of this process. */
public final class Metrics {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicLong batchId = registry.gauge("vigie.analytics.batch.id", new AtomicLong(-1));
  private final AtomicLong asOf = registry.gauge("vigie.analytics.as.of.seconds", new AtomicLong());
  private final AtomicLong maintainedAt =
      registry.gauge("vigie.analytics.maintenance.succeeded.seconds", new AtomicLong());
  private final Counter rows =
      Counter.builder("vigie.analytics.rows")
          .description("Distinct events added to the figures")
          .register(registry);
  private final Counter restarts =
      Counter.builder("vigie.analytics.restarts")
          .description("Times the query had to be started again")
          .register(registry);
  private final Timer batches =
      Timer.builder("vigie.analytics.batch")
          .description("Time to compute and publish a batch")
          .register(registry);

  public Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
  }

  void published(Publication publication, Publisher.Result result, long nanos) {
    batchId.set(publication.batchId());
    published(publication.asOf());
    batches.record(Duration.ofNanos(nanos));
    if (result.step() != BatchSequence.REPEATED) {
      rows.increment((double) result.rows());
    }
  }

  /** The archive brought nothing that is not in the figures of a batch. */
  void confirmed(long batch, AsOf later) {
    batchId.set(batch);
    published(later);
  }

  private void published(AsOf figures) {
    figures.instant().ifPresent(instant -> asOf.set(instant.getEpochSecond()));
  }

  void restarted() {
    restarts.increment();
  }

  /** A chore was done, or there was nothing to do. */
  public void maintained(String table, String chore, long files, long nanos) {
    registry
        .timer("vigie.analytics.maintenance", "table", table, "chore", chore)
        .record(Duration.ofNanos(nanos));
    registry
        .counter("vigie.analytics.maintenance.files", "table", table, "chore", chore)
        .increment((double) files);
  }

  public void maintenanceFailed(String table, String chore) {
    registry
        .counter("vigie.analytics.maintenance.failures", "table", table, "chore", chore)
        .increment();
  }

  /** A round has ended. */
  public void maintained(boolean withoutFailure) {
    if (withoutFailure) {
      maintainedAt.set(Instant.now().getEpochSecond());
    }
  }

  /** In Prometheus's text format. */
  public String text() {
    return registry.scrape();
  }
}
