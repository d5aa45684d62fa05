// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.analytics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import vigie.stack.postgres.PostgresServer;
import vigie.stack.process.ManagedProcess;
import vigie.stack.process.ServiceProcess;
import vigie.stack.workspace.StackFolder;

/** The built analytics-job as a process, and what it publishes. */
public final class AnalyticsProcess {

  private static final Path MODULE = Path.of("analytics-job");
  private static final String MAIN = "vigie.analytics.AnalyticsJob";
  private static final String HEAP = "1g";
  private static final Pattern RATE = Pattern.compile("s: ([0-9,]+) events/s");
  private static final Duration TIMEOUT = Duration.ofHours(2);

  private static final String PUBLISHED =
      "SELECT published_at, batch_rows FROM publication WHERE results_snapshot = %d AND alerts_snapshot ="
          + " %d";

  private static final String COUNTS =
      "SELECT coalesce(sum(n), 0), coalesce(sum(failures), 0) FROM exercise_figures";

  private final StackFolder folder;
  private final PostgresServer postgres;
  private final String checkpoint;
  private final Map<String, String> environment = new HashMap<>();
  private final ServiceProcess process;

  /** Not started yet. */
  AnalyticsProcess(
      Path folder, EmptyArchive archive, PostgresServer postgres, Map<String, String> own) {
    this.folder = new StackFolder(folder);
    this.postgres = postgres;
    checkpoint = archive.hdfs().url() + "/vigie/checkpoints/analytics";
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("VIGIE_ANALYTICS_WAREHOUSE", archive.warehouse());
    environment.putAll(archive.postgres().catalog().environment("VIGIE_ANALYTICS_CATALOG"));
    environment.put("VIGIE_ANALYTICS_CHECKPOINT", checkpoint);
    environment.put("VIGIE_ANALYTICS_REPLICATION", "1");
    environment.put("VIGIE_ANALYTICS_JDBC_URL", postgres.jdbcUrl());
    environment.put("VIGIE_ANALYTICS_DB_USER", PostgresServer.USER);
    environment.put("VIGIE_ANALYTICS_DB_PASSWORD", postgres.password());
    environment.putAll(own);
    process = job(List.of());
  }

  /**
   * What became visible to readers of PostgreSQL.
   *
   * @param delay from the trigger that planned the batch
   * @param rows that it added
   */
  public record Publication(Duration delay, long rows) {}

  public void start() {
    process.start();
  }

  public ManagedProcess process() {
    return process;
  }

  /** Whether a batch is planned that is not done: Spark writes each down before and after. */
  boolean isInABatch() throws IOException {
    return newest("offsets") > newest("commits");
  }

  private long newest(String log) throws IOException {
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(checkpoint, log);
    FileStatus[] entries = folder.getFileSystem(new Configuration()).listStatus(folder);
    return Arrays.stream(entries)
        .map(entry -> entry.getPath().getName())
        .filter(name -> name.matches("\\d+"))
        .mapToLong(Long::parseLong)
        .max()
        .orElse(-1);
  }

  /** Returns once the figures end with these snapshots. */
  public Publication await(ArchiveTables.State state) {
    return await(state, TIMEOUT);
  }

  Publication await(ArchiveTables.State state, Duration patience) {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      Publication[] seen = new Publication[1];
      process.process().await(patience, () -> (seen[0] = published(statement, state)) != null);
      return seen[0];
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL cannot be read", e);
    }
  }

  /** How many different ones the figures of the exercises count. */
  record Counts(long results, long alerts) {}

  Counts counts() {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(COUNTS)) {
      row.next();
      return new Counts(row.getLong(1), row.getLong(2));
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL cannot be read", e);
    }
  }

  /**
   * What a process takes that computes everything from scratch.
   *
   * @param time with its start
   * @param rate events a second without it, in its own words
   */
  public record Scratch(Duration time, String rate) {}

  public Scratch recompute() {
    long start = System.nanoTime();
    ServiceProcess recompute = job(List.of("recompute"));
    recompute.process().run(TIMEOUT);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    try (Stream<String> lines = Files.lines(recompute.process().log())) {
      String rate =
          lines
              .map(RATE::matcher)
              .filter(Matcher::find)
              .map(found -> found.group(1))
              .reduce((earlier, later) -> later)
              .orElseThrow();
      return new Scratch(time, rate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Publication published(Statement statement, ArchiveTables.State state)
      throws SQLException {
    try (ResultSet row =
        statement.executeQuery(PUBLISHED.formatted(state.results(), state.alerts()))) {
      return row.next()
          ? new Publication(
              Duration.between(
                  row.getObject("published_at", OffsetDateTime.class).toInstant(), Instant.now()),
              row.getLong("batch_rows"))
          : null;
    }
  }

  private ServiceProcess job(List<String> arguments) {
    return ServiceProcess.job(MODULE, MAIN, HEAP, folder, environment, arguments, () -> true);
  }
}
