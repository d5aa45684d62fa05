// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.analytics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vigie.command.MarkdownTable;
import vigie.faults.harness.SeededRandom;
import vigie.faults.harness.SeededRuns;

/** Kills what the figures are made by, while readers look, and proves that they end exact. */
@Command(
    name = "deploy/fault-tests/analytics-kills",
    description = {
      "Kills -9 the driver, a Spark worker and PostgreSQL while batches are under way. Readers"
          + " look",
      "all the time, and must never see a batch in part; in the end a computation from scratch"
          + " must",
      "come to the same figures. Exit code 1 when that does not hold."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
final class AnalyticsKills implements Callable<Integer> {

  private static final double SECOND = 1e9;

  @Mixin private SeededRuns runs = new SeededRuns(30);

  @Option(
      names = "--fault",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES}. Default: all, in an order by the seed.")
  private List<Fault> faults = List.of(Fault.values());

  public static void main(String... arguments) {
    System.exit(
        new CommandLine(new AnalyticsKills())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    System.out.println("seed " + runs.seed());
    Path folder = Files.createTempDirectory("vigie-analytics-kills-");
    Map<Fault, Sum> sums = new EnumMap<>(Fault.class);
    int seen;
    try (EmptyArchive archive = EmptyArchive.startIn(folder);
        FaultRunner runner = new FaultRunner(archive, folder, runs.seed())) {
      List<Fault> order = new SeededRandom(runs.seed()).rounds(faults, runs.count());
      for (int run = 0; run < runs.count(); run++) {
        FaultRunner.Result result = runner.run(order.get(run), runs.seed() + run);
        System.out.println(result);
        sums.merge(result.fault(), Sum.of(result), Sum::plus);
      }
      seen = runner.end();
    }
    Sum all = sums.values().stream().reduce(Sum.NONE, Sum::plus);
    System.out.printf(
        "%n%s%n%d publications seen by each reader; from scratch: no difference. Logs: %s%n",
        table(sums, all), seen, folder);
    return all.problems == 0 ? 0 : 1;
  }

  /** What came out of some runs. */
  private record Sum(int runs, int inABatch, long nanos, long longest, int problems) {

    private static final Sum NONE = new Sum(0, 0, 0, 0, 0);

    private static Sum of(FaultRunner.Result result) {
      return new Sum(
          1, result.inABatch() ? 1 : 0, result.nanos(), result.nanos(), result.problems().size());
    }

    private Sum plus(Sum other) {
      return new Sum(
          runs + other.runs,
          inABatch + other.inABatch,
          nanos + other.nanos,
          Math.max(longest, other.longest),
          problems + other.problems);
    }
  }

  private static MarkdownTable table(Map<Fault, Sum> sums, Sum all) {
    MarkdownTable table =
        new MarkdownTable(
            "fault",
            "runs",
            "killed in a batch",
            "mean s until all is published",
            "longest s",
            "problems");
    sums.forEach((fault, sum) -> add(table, fault.toString(), sum));
    add(table, "all", all);
    return table;
  }

  private static void add(MarkdownTable table, String name, Sum sum) {
    table.add(
        name,
        Integer.toString(sum.runs),
        Integer.toString(sum.inABatch),
        seconds((double) sum.nanos / Math.max(1, sum.runs)),
        seconds((double) sum.longest),
        Integer.toString(sum.problems));
  }

  private static String seconds(double nanos) {
    return String.format(Locale.ROOT, "%.1f", nanos / SECOND);
  }
}
