// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.judging;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vigie.benchmark.ProcessCost;
import vigie.benchmark.Progress;
import vigie.benchmark.Table;
import vigie.benchmark.Workspace;
import vigie.events.UndecodableEventException;

/** Prints what alert-service judges and costs, beside the plain way. */
@Command(
    name = "deploy/benchmark/judging",
    mixinStandardHelpOptions = true,
    description = "Measures the judging of alert-service on a real Kafka and Redis.")
public final class JudgingBenchmark implements Callable<Integer> {

  private static final double MILLION = 1_000_000;

  @Option(
      names = "--events",
      defaultValue = "2000000",
      description = "Results that wait when the measured part begins (default: ${DEFAULT-VALUE}).")
  private long events;

  @Option(
      names = "--warm-up",
      defaultValue = "1000000",
      description = "Results that are judged before that (default: ${DEFAULT-VALUE}).")
  private long warmUp;

  @Option(
      names = "--plain",
      defaultValue = "200000",
      description = "Results that are judged in the plain way (default: ${DEFAULT-VALUE}).")
  private long plain;

  @Option(
      names = "--exercises",
      defaultValue = "50",
      description = "How many there are (default: ${DEFAULT-VALUE}).")
  private int exercises;

  @Option(
      names = "--below",
      defaultValue = "10",
      description = "Percent of the results that raise an alert (default: ${DEFAULT-VALUE}).")
  private double below;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the results (default: ${DEFAULT-VALUE}).")
  private long seed;

  private final PrintStream out;

  private JudgingBenchmark(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new JudgingBenchmark(System.out)).execute(arguments));
  }

  @Override
  public Integer call()
      throws IOException, ExecutionException, InterruptedException, UndecodableEventException {
    Exam exam = new Exam(seed, exercises, below, warmUp + events);
    Table costs = new Table("results judged by", "events/s", "CPU-s per million events");
    try (Workspace workspace = Workspace.create("judging");
        RunningAlert alert = new RunningAlert(workspace.folder())) {
      alert.load(exam.sheet());
      double fenced = measure(alert, exam, costs);
      alert.process().stop();
      double getForEach = measurePlain(alert, exam, costs);
      out.println(costs);
      out.printf(Locale.ROOT, "%.1f times the events/s of the plain way%n", fenced / getForEach);
    }
    return 0;
  }

  private double measure(RunningAlert alert, Exam exam, Table costs)
      throws IOException, ExecutionException, InterruptedException {
    try (Progress progress = new Progress(alert.kafka())) {
      exam.fill(alert.kafka(), warmUp);
      progress.awaitEnd("alert-judging", "vigie.results");
      progress.awaitEnd("alert-hotspots", "vigie.alerts");
      Scrape before = alert.scrape();
      alert.process().freeze();
      exam.fill(alert.kafka(), events);
      long cpu = alert.cost().cpu().toNanos();
      long start = System.nanoTime();
      alert.process().resume();
      progress.awaitEnd("alert-judging", "vigie.results");
      double seconds = (System.nanoTime() - start) / 1e9;
      double judging = (alert.cost().cpu().toNanos() - cpu) / 1e9;
      progress.awaitEnd("alert-hotspots", "vigie.alerts");
      double all = (alert.cost().cpu().toNanos() - cpu) / 1e9;
      add(costs, "alert-service", events / seconds, judging / events);
      add(costs, "the same, until hotspots are counted too", events / seconds, all / events);
      Scrape after = alert.scrape();
      out.println(fence(after.since(before, "vigie_fence_latency_seconds")));
      out.println(batches(after.since(before, "vigie_judging_batch")));
      return events / seconds;
    }
  }

  private double measurePlain(RunningAlert alert, Exam exam, Table costs)
      throws IOException, ExecutionException, InterruptedException, UndecodableEventException {
    ProcessCost own = new ProcessCost(ProcessHandle.current().pid());
    try (PlainJudge judge = new PlainJudge(alert.kafka(), alert.redis().primary())) {
      judge.load(exam);
      long unused = judge.judge(plain / 2);
      long cpu = own.cpu().toNanos();
      long start = System.nanoTime();
      long judged = judge.judge(plain);
      double perSecond = judged * 1e9 / (System.nanoTime() - start);
      add(costs, "one GET for each", perSecond, (own.cpu().toNanos() - cpu) / 1e9 / judged);
      return perSecond;
    }
  }

  private static void add(Table costs, String judge, double perSecond, double cpuPerEvent) {
    costs.add(
        judge,
        String.format(Locale.ROOT, "%,.0f", perSecond),
        String.format(Locale.ROOT, "%.2f", cpuPerEvent * MILLION));
  }

  private static Table fence(NavigableMap<Double, Double> latency) {
    Table table = new Table("fenced reads", "p50 ms", "p99 ms");
    table.add(
        String.format(Locale.ROOT, "%,.0f", latency.lastEntry().getValue()),
        String.format(Locale.ROOT, "%.1f", 1000 * Scrape.quantile(latency, 0.50)),
        String.format(Locale.ROOT, "%.1f", 1000 * Scrape.quantile(latency, 0.99)));
    return table;
  }

  private static Table batches(NavigableMap<Double, Double> sizes) {
    Table table = new Table("results judged by one fenced read", "batches");
    double below = 0;
    for (var bucket : sizes.entrySet()) {
      if (bucket.getValue() > below) {
        table.add(
            bucket.getKey().isInfinite()
                ? "more"
                : String.format(Locale.ROOT, "up to %,.0f", bucket.getKey()),
            String.format(Locale.ROOT, "%,.0f", bucket.getValue() - below));
      }
      below = bucket.getValue();
    }
    return table;
  }
}
