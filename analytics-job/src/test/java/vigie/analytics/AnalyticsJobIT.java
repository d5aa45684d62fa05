// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyticsJobIT {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Of the driver and of PostgreSQL in turn. */
  private static final int KILLS = Integer.getInteger("vigie.kills", 2);

  private static final List<EventTable> TABLES = List.of(EventTable.values());

  private final long seed = Long.getLong("vigie.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final RandomExam exam = new RandomExam(seed);

  @TempDir Path folder;

  @Test
  void killedAtRandomItEndsExact() throws Exception {
    System.out.println("-Dvigie.seed=" + seed);
    Path log = folder.resolve("job.log");
    try (Bench bench = new Bench(folder)) {
      Map<String, String> environment = bench.environment();
      JobProcess job = new JobProcess(environment, log);
      try {
        await()
            .atMost(PATIENCE)
            .until(() -> Files.readString(log).contains("waiting for archive-service"));
        assertEquals(200, job.status("/q/health/live"));
        assertEquals(503, job.status("/q/health/ready"));
        bench.archive.makeTables();
        appendSomewhere(bench);
        awaitReady(job);

        try (Reader reader = new Reader(bench.postgres, exam::hadAfterACommit)) {
          for (int kill = 0; kill < KILLS; kill++) {
            appendForAFewBatches(bench);
            if (kill % 2 == 1) {
              bench.postgres.kill();
              bench.postgres.restart();
            } else {
              job.kill();
              job = new JobProcess(environment, log);
            }
            awaitReady(job);
          }
          bench.awaitPublished();
          System.out.printf("%d kills, %d publications seen, each whole%n", KILLS, reader.stop());
        }
        bench.assertPublished(exam);

        assertRecomputes(environment);

        assertEquals(143, job.stop());
      } finally {
        job.close();
      }
    } finally {
      System.out.println(Files.readString(log));
    }
  }

  private static void awaitReady(JobProcess job) {
    await().atMost(PATIENCE).ignoreExceptions().until(() -> job.status("/q/health/ready") == 200);
    System.out.printf("Ready after %d ms of CPU%n", job.cpuTime().toMillis());
  }

  /** Over a random time, so that the kill that follows falls into any part of a batch. */
  private void appendForAFewBatches(Bench bench) {
    for (int commit = 3 + random.nextInt(10); commit > 0; commit--) {
      appendSomewhere(bench);
    }
  }

  private void appendSomewhere(Bench bench) {
    EventTable table = TABLES.get(random.nextInt(TABLES.size()));
    bench.archive.append(table, exam.events(table, 1 + random.nextInt(200)));
  }

  private void assertRecomputes(Map<String, String> environment) throws Exception {
    Path printed = folder.resolve("recompute.log");
    try (JobProcess recompute = new JobProcess(environment, printed, "recompute")) {
      assertEquals(0, recompute.exitCode(), () -> read(printed));
      assertTrue(read(printed).contains("Difference: 0"), () -> read(printed));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
