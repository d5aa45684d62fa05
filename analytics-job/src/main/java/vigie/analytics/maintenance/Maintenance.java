// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.maintenance;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vigie.analytics.archive.ArchiveTables;
import vigie.analytics.archive.EventTable;
import vigie.analytics.config.AnalyticsConfig;
import vigie.analytics.driver.Health;
import vigie.analytics.driver.Metrics;
import vigie.analytics.publish.MinuteRetention;
import vigie.analytics.spark.RootCause;
import vigie.analytics.spark.SparkSessions;
import vigie.analytics.stream.Checkpoint;
import vigie.warehouse.MaintenanceLock;

/**
 * Looks after the tables of the archive, in a thread of its own beside the query. What fails is
 * counted and said, and done in the next round; neither the rest of the round nor the figures wait
 * for it.
 */
public final class Maintenance implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

  private final AnalyticsConfig config;
  private final Health health;
  private final Metrics metrics;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "maintenance");

  public Maintenance(AnalyticsConfig config, Health health, Metrics metrics) {
    this.config = config;
    this.health = health;
    this.metrics = metrics;
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** What is under way is not waited for: it is committed or is not. */
  @Override
  public void close() {
    stopping.countDown();
    thread.interrupt();
  }

  /** The tables need it also while no figures can be published. */
  private void run() {
    try {
      while (!stopping.await(config.maintenance().interval().toMillis(), TimeUnit.MILLISECONDS)) {
        if (health.state().ready()) {
          roundWithFigures();
        } else {
          round();
        }
      }
    } catch (InterruptedException e) {
      LOG.info("Interrupted");
    }
  }

  /** As {@link #round}, where this process publishes: its own figures too. */
  public List<String> roundWithFigures() {
    List<String> failures = new ArrayList<>();
    attempt("figures", "minutes", failures, () -> MinuteRetention.forget(config));
    return round(failures);
  }

  /** All that is to be done now, for all tables of the archive. What failed, in words. */
  public List<String> round() {
    return round(new ArrayList<>());
  }

  private List<String> round(List<String> failures) {
    attempt("tables", "finding them", failures, () -> lookAfterAllAlone(failures));
    if (stopping.getCount() > 0) {
      health.maintained(failures);
      metrics.maintained(failures.isEmpty());
    }
    return failures;
  }

  private long lookAfterAllAlone(List<String> failures)
      throws IOException, SQLException, InterruptedException {
    try (MaintenanceLock lock =
        MaintenanceLock.take(
            config.catalog(),
            "vigie-maintenance",
            other -> LOG.info("{} works on the archive's files; this waits", other))) {
      return lookAfterAll(lock, failures);
    }
  }

  private long lookAfterAll(MaintenanceLock lock, List<String> failures)
      throws IOException, SQLException {
    SparkSession spark = SparkSessions.open(config);
    // Threads of Iceberg's actions inherit it; without one Spark does not find our settings there.
    SparkSession.setActiveSession(spark);
    // Spark divides its processors between the pools, where it would serve the first who came.
    spark.sparkContext().setLocalProperty("spark.scheduler.pool", "maintenance");
    Checkpoint checkpoint = new Checkpoint(config.checkpoint(), spark);
    try (ArchiveTables tables = new ArchiveTables(spark, config)) {
      List<TableIdentifier> all = tables.all();
      for (TableIdentifier table : all) {
        lock.requireHeld();
        attempt(
            table.name(),
            "loading it",
            failures,
            () -> lookAfter(spark, tables.load(table), table, checkpoint, failures));
      }
      return all.size();
    }
  }

  private long lookAfter(
      SparkSession spark,
      Table table,
      TableIdentifier identifier,
      Checkpoint checkpoint,
      List<String> failures) {
    String name = identifier.name();
    TableMaintenance maintenance = new TableMaintenance(spark, config.maintenance(), table);
    attempt(name, "compaction", failures, maintenance::compact);
    attempt(name, "manifests", failures, maintenance::rewriteManifests);
    attempt(name, "expiry", failures, () -> expire(maintenance, identifier, standing(checkpoint)));
    attempt(name, "orphans", failures, maintenance::removeOrphans);
    return 1;
  }

  private static Optional<Map<EventTable, Long>> standing(Checkpoint checkpoint)
      throws IOException {
    return checkpoint.exists() ? Optional.of(checkpoint.standing()) : Optional.empty();
  }

  /**
   * Of a table that a query reads nothing is forgotten before the query has said where it stands. A
   * query that is not there yet will begin with what the table holds.
   */
  public static long expire(
      TableMaintenance maintenance,
      TableIdentifier identifier,
      Optional<Map<EventTable, Long>> standing) {
    Optional<EventTable> events = EventTable.of(identifier);
    if (events.isEmpty() || standing.isEmpty()) {
      return maintenance.expire(OptionalLong.empty());
    }
    Long stands = standing.get().get(events.get());
    return stands == null ? 0 : maintenance.expire(OptionalLong.of(stands));
  }

  private void attempt(String table, String chore, List<String> failures, Callable<Long> work) {
    if (stopping.getCount() == 0) {
      return;
    }
    long start = System.nanoTime();
    try {
      metrics.maintained(table, chore, work.call(), System.nanoTime() - start);
    } catch (Exception | LinkageError e) {
      if (stopping.getCount() > 0) {
        metrics.maintenanceFailed(table, chore);
        failures.add("%s, %s: %s".formatted(table, chore, RootCause.of(e).reason()));
        LOG.warn("Maintenance of {}, {}, failed; the next round tries again", table, chore, e);
      }
    }
  }
}
