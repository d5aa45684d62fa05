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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.analytics.archive.EventTable;
import vigie.harness.LongForm;
import vigie.harness.Seed;

@LongForm
@ExtendWith(SharedBench.class)
class AnalyticsJobIT {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final List<EventTable> TABLES = List.of(EventTable.values());

  private final RandomExam exam = new RandomExam(Seed.of(AnalyticsJobIT.class));

  @TempDir Path folder;

  @Test
  void itWaitsForTheTablesPublishesIsRecomputedAndStops(Bench bench) throws Exception {
    Path log = folder.resolve("job.log");
    bench.emptyDatabase();
    Map<String, String> environment = bench.environment();
    try (JobProcess job = new JobProcess(environment, log)) {
      await()
          .atMost(PATIENCE)
          .until(() -> Files.readString(log).contains("waiting for archive-service"));
      assertEquals(200, job.status("/q/health/live"));
      assertEquals(503, job.status("/q/health/ready"));
      bench.archive.makeTables();
      awaitReady(job);

      TABLES.forEach(table -> bench.archive.append(table, exam.events(table, 200)));
      bench.awaitPublished();
      bench.assertPublished(exam);

      assertRecomputes(environment);

      assertEquals(143, job.stop());
    } finally {
      bench.archive.dropTables();
      System.out.println(Files.readString(log));
    }
  }

  private static void awaitReady(JobProcess job) {
    await().atMost(PATIENCE).ignoreExceptions().until(() -> job.status("/q/health/ready") == 200);
    System.out.printf("Ready after %d ms of CPU%n", job.cpuTime().toMillis());
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
