// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import vigie.analytics.archive.EventTable;
import vigie.analytics.config.AnalyticsConfig;
import vigie.analytics.spark.SparkSessions;
import vigie.analytics.stream.Checkpoint;
import vigie.harness.LongForm;
import vigie.harness.Seed;

/** What a driver does that finds a checkpoint, or figures, that it cannot simply go on from. */
class CheckpointIT extends BenchFixture {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final RandomExam exam = new RandomExam(Seed.of(CheckpointIT.class));

  @Test
  void aReplayedBatchChangesNothing() throws Exception {
    append(EventTable.RESULTS, 50);
    append(EventTable.ALERTS, 10);
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      bench.awaitPublished();
      assertTrue(supervisor.isReady());
    }
    String published = bench.ask("SELECT batch_id FROM publication");
    Checkpoint checkpoint = new Checkpoint(config.checkpoint(), SparkSessions.open(config));
    forgetThatBatchesFrom(Long.parseLong(published), checkpoint);

    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      await().atMost(PATIENCE).until(supervisor::isReady);
      bench.assertPublished(exam);
      append(EventTable.RESULTS, 50);
      bench.awaitPublished();
    }
    bench.assertPublished(exam);
    bench.assertNoDifference(config);
  }

  @Test
  void aLostCheckpointCountsNothingTwice() throws Exception {
    append(EventTable.RESULTS, 50);
    append(EventTable.ACTIVITY, 50);
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      bench.awaitPublished();
      assertTrue(supervisor.isReady());
      String query = bench.ask("SELECT query_id FROM publication");
      append(EventTable.RESULTS, 50);

      new Checkpoint(config.checkpoint(), SparkSession.active()).delete();

      await()
          .atMost(PATIENCE)
          .until(() -> !bench.ask("SELECT query_id FROM publication").equals(query));
      bench.awaitPublished();
      bench.assertPublished(exam);
      bench.assertNoDifference(config);
    }
  }

  @Test
  @LongForm
  void figuresThatAreLostAreCountedAgain() throws Exception {
    append(EventTable.RESULTS, 50);
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      bench.awaitPublished();
      assertTrue(supervisor.isReady());
      String query = bench.ask("SELECT query_id FROM publication");

      bench.tell("UPDATE publication SET batch_id = batch_id - 2; DELETE FROM place_sums");

      await()
          .atMost(PATIENCE)
          .until(() -> !bench.ask("SELECT query_id FROM publication").equals(query));
      bench.awaitPublished();
      bench.assertNoDifference(config);
    }
  }

  @Test
  void anotherPassMarkMakesAllBeCountedAgain() throws Exception {
    append(EventTable.RESULTS, 50);
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      bench.awaitPublished();
      assertTrue(supervisor.isReady());
    }
    AnalyticsConfig severe =
        bench.config(
            Map.of(
                "VIGIE_ANALYTICS_CHECKPOINT",
                config.checkpoint(),
                "VIGIE_ANALYTICS_PASS_MARK",
                "80"));
    try (RunningSupervisor supervisor = new RunningSupervisor(severe)) {
      await()
          .atMost(PATIENCE)
          .until(() -> "80".equals(bench.ask("SELECT pass_mark FROM publication")));
      long notPassed = exam.notPassed(80).values().stream().mapToLong(n -> n).sum();
      assertEquals(
          Long.toString(notPassed), bench.ask("SELECT sum(not_passed) FROM exercise_figures"));
      bench.assertNoDifference(severe);
      assertTrue(supervisor.isReady());
    }
  }

  @Test
  void aCheckpointWhoseSnapshotIsGoneMakesAllBeCountedAgain() throws Exception {
    append(EventTable.RESULTS, 50);
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      bench.awaitPublished();
      assertTrue(supervisor.isReady());
    }
    String query = bench.ask("SELECT query_id FROM publication");
    append(EventTable.RESULTS, 50);
    bench.archive.compact(EventTable.RESULTS);
    bench.archive.expire(EventTable.RESULTS);
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      await()
          .atMost(PATIENCE)
          .until(() -> !bench.ask("SELECT query_id FROM publication").equals(query));
      append(EventTable.RESULTS, 50);
      bench.awaitPublished();
      bench.assertPublished(exam);
      bench.assertNoDifference(config);
      assertTrue(supervisor.isReady());
    }
  }

  @Test
  @LongForm
  void aCheckpointOfAQueryWithOtherSourcesMakesAllBeCountedAgain() throws Exception {
    append(EventTable.RESULTS, 50);
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      bench.awaitPublished();
      assertTrue(supervisor.isReady());
    }
    String query = bench.ask("SELECT query_id FROM publication");
    long published = Long.parseLong(bench.ask("SELECT batch_id FROM publication"));
    addSource(published, new Checkpoint(config.checkpoint(), SparkSessions.open(config)));
    try (RunningSupervisor supervisor = new RunningSupervisor(config)) {
      await()
          .atMost(PATIENCE)
          .until(() -> !bench.ask("SELECT query_id FROM publication").equals(query));
      append(EventTable.RESULTS, 50);
      bench.awaitPublished();
      bench.assertPublished(exam);
      assertTrue(supervisor.isReady());
    }
  }

  private void append(EventTable table, int size) {
    bench.archive.append(table, exam.events(table, size));
  }

  /** As if the driver had died after PostgreSQL's commit and before the checkpoint's. */
  private static void forgetThatBatchesFrom(long batchId, Checkpoint checkpoint) throws Exception {
    files(checkpoint).delete(new Path(checkpoint.folder(), "commits/" + batchId), false);
  }

  /** As if the query had read one more source: Spark writes a line for each. */
  private static void addSource(long batchId, Checkpoint checkpoint) throws Exception {
    Path offsets = new Path(checkpoint.folder(), "offsets/" + batchId);
    byte[] before;
    try (var in = files(checkpoint).open(offsets)) {
      before = in.readAllBytes();
    }
    try (var out = files(checkpoint).create(offsets, true)) {
      out.write(before);
      out.write("\n0".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static FileSystem files(Checkpoint checkpoint) throws IOException {
    return new Path(checkpoint.folder())
        .getFileSystem(checkpoint.spark().sparkContext().hadoopConfiguration());
  }
}
