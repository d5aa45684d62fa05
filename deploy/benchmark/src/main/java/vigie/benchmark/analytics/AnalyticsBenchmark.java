// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.analytics;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vigie.benchmark.ProcessCost;
import vigie.command.MarkdownTable;
import vigie.faults.analytics.AnalyticsEnvironment;
import vigie.faults.analytics.AnalyticsProcess;
import vigie.faults.analytics.ArchiveTables;
import vigie.faults.analytics.EmptyArchive;
import vigie.faults.analytics.ExamDataset;
import vigie.stack.workspace.TemporaryFolder;

/**
 * Prints what a batch of analytics-job costs, by the size of the archive that it comes on top of.
 */
@Command(
    name = "deploy/benchmark/analytics",
    mixinStandardHelpOptions = true,
    description = {
      "Fills archives of several sizes, has analytics-job count them, then measures batches of the",
      "same new results on top of each, beside a computation from scratch."
    })
public final class AnalyticsBenchmark implements Callable<Integer> {

  private static final double MEGABYTE = 1_000_000;

  @Option(
      names = "--millions",
      split = ",",
      defaultValue = "1,10",
      description = "Results of the archives, in millions (default: ${DEFAULT-VALUE}).")
  private List<Long> sizes;

  @Option(
      names = "--young-millions",
      defaultValue = "1",
      description = {
        "Of them, how many came within the time that one is dropped in which is sent again; the",
        "others are two days older (default: ${DEFAULT-VALUE})."
      })
  private long young;

  @Option(
      names = "--new",
      defaultValue = "100000",
      description = "New results of a batch, in hundreds (default: ${DEFAULT-VALUE}).")
  private long fresh;

  @Option(
      names = "--warm-ups",
      defaultValue = "6",
      description = "Batches before those that are measured (default: ${DEFAULT-VALUE}).")
  private int warmUps;

  @Option(
      names = "--batches",
      defaultValue = "10",
      description = "Batches that are measured (default: ${DEFAULT-VALUE}).")
  private int batches;

  @Option(
      names = "--interval-seconds",
      defaultValue = "10",
      description = "Between two triggers; a batch has to fit into it (default: ${DEFAULT-VALUE}).")
  private int intervalSeconds;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the results (default: ${DEFAULT-VALUE}).")
  private long seed;

  private final PrintStream out;
  private final MarkdownTable first =
      new MarkdownTable("results in the archive", "to count them first, s", "results/s");
  private final MarkdownTable later =
      new MarkdownTable(
          "results in the archive",
          "trigger to visible, p50 s",
          "longest s",
          "CPU-s of a batch",
          "of it the compiler's",
          "peak MB");
  private final MarkdownTable scratch =
      new MarkdownTable(
          "results in the archive",
          "from scratch, s",
          "of a batch's time",
          "events/s without the start of the process");

  private AnalyticsBenchmark(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new AnalyticsBenchmark(System.out)).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    for (long millions : sizes) {
      measure(millions * 1_000_000);
    }
    out.println(first);
    out.println(later);
    out.println(scratch);
    return 0;
  }

  private void measure(long history) throws IOException {
    try (TemporaryFolder workspace = TemporaryFolder.create("analytics");
        EmptyArchive tables = EmptyArchive.startIn(workspace.folder());
        AnalyticsEnvironment environment =
            new AnalyticsEnvironment(tables, workspace.folder(), seed, settings())) {
      String name = String.format(Locale.ROOT, "%,d", history);
      ArchiveTables.State state = archive(environment.tables(), history);
      environment.driver().start();
      Duration counting = environment.driver().await(state).delay();
      first.add(name, seconds(counting), rate(history, counting));
      long next = history;
      for (int batch = 0; batch < warmUps; batch++, next += fresh) {
        publish(environment, next);
      }
      ProcessCost.Account before = cost(environment).account();
      List<Duration> delays = new ArrayList<>();
      for (int batch = 0; batch < batches; batch++, next += fresh) {
        delays.add(publish(environment, next));
      }
      ProcessCost.Account cost = cost(environment).account().since(before);
      Histogram millis = new Histogram(3);
      delays.forEach(delay -> millis.recordValue(delay.toMillis()));
      Duration median = Duration.ofMillis(millis.getValueAtPercentile(50));
      later.add(
          name,
          seconds(median),
          seconds(Duration.ofMillis(millis.getMaxValue())),
          seconds(cost.cpu().dividedBy(batches)),
          String.format(Locale.ROOT, "%.0f %%", 100 * cost.compilerShare()),
          String.format(Locale.ROOT, "%.0f", cost(environment).peakResidentBytes() / MEGABYTE));
      AnalyticsProcess.Scratch all = environment.driver().recompute();
      scratch.add(
          name,
          seconds(all.time()),
          String.format(
              Locale.ROOT, "%.0f times", (double) all.time().toMillis() / median.toMillis()),
          all.rate());
    }
  }

  private ArchiveTables.State archive(ArchiveTables tables, long history) throws IOException {
    long old = Math.max(0, history - young * 1_000_000);
    if (old > 0) {
      tables.appendJudged(0, old);
      tables.date(Instant.now().minus(2, ChronoUnit.DAYS));
    }
    return tables.appendJudged(old, history - old);
  }

  private static ProcessCost cost(AnalyticsEnvironment environment) {
    return new ProcessCost(environment.driver().process().process().pid());
  }

  private Map<String, String> settings() {
    return Map.of("VIGIE_ANALYTICS_INTERVAL", intervalSeconds + "s");
  }

  /** The time from the trigger that found these new results until readers see them. */
  private Duration publish(AnalyticsEnvironment environment, long from) {
    AnalyticsProcess.Publication seen =
        environment.driver().await(environment.tables().append(from, fresh));
    if (seen.rows() != ExamDataset.distinct(fresh)) {
      throw new IllegalStateException(
          "A batch counted %d of %d new results"
              .formatted(seen.rows(), ExamDataset.distinct(fresh)));
    }
    return seen.delay();
  }

  private static String rate(long results, Duration time) {
    return String.format(Locale.ROOT, "%,.0f", results * 1000.0 / time.toMillis());
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
  }
}
