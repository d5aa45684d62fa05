// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.driver;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vigie.analytics.archive.ArchiveTables;
import vigie.analytics.archive.AsOf;
import vigie.analytics.archive.EventTable;
import vigie.analytics.archive.Thresholds;
import vigie.analytics.config.AnalyticsConfig;
import vigie.analytics.publish.BrokenSequenceException;
import vigie.analytics.publish.Database;
import vigie.analytics.publish.Publication;
import vigie.analytics.publish.Publisher;
import vigie.analytics.spark.IdleTrigger;
import vigie.analytics.spark.RootCause;
import vigie.analytics.spark.SparkSessions;
import vigie.analytics.stream.Checkpoint;
import vigie.analytics.stream.FigureQuery;

/**
 * Keeps the query running: whatever ends it, it is started again from its checkpoint, after a wait
 * that grows while nothing gets published.
 */
public final class QuerySupervisor implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(QuerySupervisor.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int POLLS_PER_CHECK = 5;

  private final AnalyticsConfig config;
  private final Health health;
  private final Metrics metrics;
  private final Backoff backoff = new Backoff();
  private volatile boolean stopping;

  /** What the job is at, and what it was at when it failed last: the query's thread has a say. */
  private volatile String stage = "starting";

  private String failed = "";
  private volatile Thread thread;

  public QuerySupervisor(AnalyticsConfig config, Health health, Metrics metrics) {
    this.config = config;
    this.health = health;
    this.metrics = metrics;
  }

  /** Ends after {@link #stop}, and only then. */
  @Override
  public void run() {
    thread = Thread.currentThread();
    while (!stopping) {
      try {
        runUntilFailure();
      } catch (InterruptedException e) {
        LOG.info("Interrupted");
      } catch (IOException
          | SQLException
          | StreamingQueryException
          | TimeoutException
          | RuntimeException e) {
        waitAfter(e);
      }
    }
  }

  /** A batch under way is given up: its transaction is not committed. */
  public void stop() {
    stopping = true;
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  private void runUntilFailure()
      throws IOException,
          SQLException,
          StreamingQueryException,
          TimeoutException,
          InterruptedException {
    SparkSession spark = SparkSessions.open(config);
    Checkpoint checkpoint = new Checkpoint(config.checkpoint(), spark);
    try (Publisher publisher = awaitPublisher()) {
      awaitTables(spark);
      prepare(checkpoint);
      enter("waiting for the first batch");
      StreamingQuery query =
          new FigureQuery(config, checkpoint, publisher, this::published).start();
      try {
        watch(query, publisher, checkpoint);
      } finally {
        query.stop();
      }
    } catch (StreamingQueryException | RuntimeException e) {
      if (RootCause.of(e).isCausedBy(BrokenSequenceException.class)) {
        LOG.warn("All events will be read again, since {}", RootCause.of(e).reason());
        checkpoint.delete();
      }
      throw e;
    }
  }

  private Publisher awaitPublisher() throws SQLException, InterruptedException {
    enter("waiting for PostgreSQL");
    Optional<Publisher> publisher = openPublisher();
    while (publisher.isEmpty()) {
      enter("waiting for another driver, which publishes, to end");
      Thread.sleep(POLL.toMillis());
      publisher = openPublisher();
    }
    return publisher.get();
  }

  private Optional<Publisher> openPublisher() throws SQLException {
    return Publisher.open(Database.of(config), config.passMark(), config.smallestCell());
  }

  private void awaitTables(SparkSession spark) throws IOException, InterruptedException {
    enter("waiting for HDFS and the catalog of the archive");
    try (ArchiveTables tables = new ArchiveTables(spark, config)) {
      List<EventTable> missing = tables.missing();
      while (!missing.isEmpty()) {
        enter(
            "waiting for archive-service to make "
                + String.join(", ", missing.stream().map(t -> t.identifier().toString()).toList()));
        Thread.sleep(POLL.toMillis());
        missing = tables.missing();
      }
    }
  }

  private void prepare(Checkpoint checkpoint) throws IOException {
    enter("preparing the query");
    try (ArchiveTables tables = new ArchiveTables(checkpoint.spark(), config)) {
      if (!checkpoint.hasBatches() || !canGoOn(checkpoint, tables)) {
        checkpoint.begin(tables.ends());
      }
    }
  }

  /** Maintenance keeps what the checkpoint needs; others may not. */
  private static boolean canGoOn(Checkpoint checkpoint, ArchiveTables tables) throws IOException {
    if (!checkpoint.isOfThisQuery()) {
      LOG.warn("All events will be counted again, since another version wrote the checkpoint");
      return false;
    }
    for (Map.Entry<EventTable, Long> stands : checkpoint.standing().entrySet()) {
      EventTable table = stands.getKey();
      if (!tables.goOnFrom(table, stands.getValue())) {
        LOG.warn(
            "All events will be counted again, since {} has lost snapshot {}, which the checkpoint"
                + " stands on, or one after it",
            table.identifier(),
            stands.getValue());
        return false;
      }
    }
    return true;
  }

  /**
   * Without news the query runs no batch: then this confirms the figures, up to the instant that
   * the archive declares. Nothing else would notice meanwhile that PostgreSQL, HDFS or the
   * checkpoint is gone.
   */
  private void watch(StreamingQuery query, Publisher publisher, Checkpoint checkpoint)
      throws IOException, SQLException, StreamingQueryException {
    Optional<IdleTrigger> seen = Optional.empty();
    for (int polls = 1; !query.awaitTermination(POLL.toMillis()); polls++) {
      Optional<IdleTrigger> idle = IdleTrigger.lastOf(query);
      boolean isNew = idle.isPresent() && !idle.equals(seen);
      if (isNew || polls % POLLS_PER_CHECK == 0) {
        check(publisher, checkpoint);
      }
      if (isNew) {
        confirm(idle.get(), publisher, checkpoint);
      }
      seen = idle;
    }
  }

  private static void check(Publisher publisher, Checkpoint checkpoint)
      throws IOException, SQLException {
    if (!publisher.isAlive()) {
      throw new SQLException("the connection to PostgreSQL is lost");
    }
    if (!checkpoint.exists()) {
      throw new IOException("the checkpoint " + checkpoint.folder() + " is gone");
    }
  }

  private void published(Publication publication, Publisher.Result result, long nanos) {
    backoff.succeeded();
    stage = "publishing";
    metrics.published(publication, result, nanos);
    health.published(publication.batchId());
    if (result.rows() > 0) {
      LOG.info(
          "Batch {} ({}): {} rows in {} ms",
          publication.batchId(),
          result.step(),
          result.rows(),
          Duration.ofNanos(nanos).toMillis());
    }
  }

  /** Reads metadata of the tables; Spark does nothing. */
  private void confirm(IdleTrigger idle, Publisher publisher, Checkpoint checkpoint)
      throws IOException, SQLException {
    AsOf asOf;
    Optional<Thresholds> changed;
    try (ArchiveTables tables = new ArchiveTables(checkpoint.spark(), config)) {
      asOf = tables.asOf(checkpoint.standing());
      changed = tables.thresholds(publisher.thresholds());
    }
    if (publisher.confirm(idle, asOf, changed)) {
      backoff.succeeded();
      stage = "publishing";
      metrics.confirmed(idle.batchId(), asOf);
      health.published(idle.batchId());
    }
  }

  private void enter(String next) {
    stage = next;
    if (!next.equals(failed)) {
      health.waiting(next);
    }
  }

  private void waitAfter(Exception e) {
    if (stopping) {
      return;
    }
    failed = stage;
    metrics.restarted();
    String says = stage + ": " + RootCause.of(e).reason();
    if (!says.equals(health.state().says())) {
      LOG.warn("Failed, and trying again until it succeeds", e);
      health.waiting(says);
    }
    LockSupport.parkNanos(backoff.next().toNanos());
  }
}
