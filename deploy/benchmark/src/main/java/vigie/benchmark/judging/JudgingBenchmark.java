// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.judging;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vigie.benchmark.ProcessCost;
import vigie.benchmark.Profile;
import vigie.benchmark.ResultStream;
import vigie.benchmark.RunningAlert;
import vigie.benchmark.Scrape;
import vigie.benchmark.ThreadCosts;
import vigie.command.MarkdownTable;
import vigie.events.UndecodableEventException;
import vigie.faults.harness.ConsumerGroupProgress;
import vigie.stack.workspace.TemporaryFolder;

/** Prints what alert-service judges and costs, beside the plain way. */
@Command(
    name = "deploy/benchmark/judging",
    mixinStandardHelpOptions = true,
    description = "Measures the judging of alert-service on a real Kafka and Redis.")
public final class JudgingBenchmark implements Callable<Integer> {

  private static final Duration MAX_PROFILE = Duration.ofMinutes(3);

  /** It is frozen while results are put into Kafka, and keeps its place in its groups meanwhile. */
  private static final Map<String, String> PATIENT =
      Map.of("KAFKA_SESSION_TIMEOUT_MS", "300000", "KAFKA_STREAMS_SESSION_TIMEOUT_MS", "300000");

  @Option(
      names = "--events",
      defaultValue = "1000000",
      description = "Results that wait when each measured part begins (default: ${DEFAULT-VALUE}).")
  private long events;

  @Option(
      names = "--longest-warm-up",
      defaultValue = "60",
      description =
          "Most seconds of judging before that, until the JVM's compiler has hardly anything left"
              + " to do (default: ${DEFAULT-VALUE}).")
  private int longestWarmUp;

  @Option(
      names = "--below",
      split = ",",
      defaultValue = "5,0,20",
      description =
          "Percent of the results that raise an alert, for each measured part; the first one is"
              + " explained and done in the plain way too (default: ${DEFAULT-VALUE}).")
  private List<Double> below;

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
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the results (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--profile",
      description = "Tell also where the time of alert-service goes, by layers (Java 25).")
  private boolean profile;

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
    ResultStream exam = new ResultStream(seed, exercises);
    MarkdownTable costs = Measurement.table();
    try (TemporaryFolder workspace = TemporaryFolder.create("judging");
        RunningAlert alert = new RunningAlert(workspace.folder(), PATIENT)) {
      double fenced;
      try (ConsumerGroupProgress progress = new ConsumerGroupProgress(alert.kafka())) {
        Backlog backlog = new Backlog(alert, exam, progress);
        alert.load(exam.sheet(below.get(0)));
        warmUp(backlog::judge, events / 4);
        fenced = explained(backlog, costs);
        if (profile) {
          out.println(profile(backlog, workspace.folder().resolve("judging.jfr")));
        }
        for (double other : below.subList(1, below.size())) {
          alert.load(exam.sheet(other));
          backlog.judge(events).addTo(costs, "alert-service", other);
        }
      }
      alert.process().stop();
      Measurement getForEach = plain(alert, exam);
      getForEach.addTo(costs, "one GET for each", below.get(0));
      out.println(costs);
      out.printf(
          Locale.ROOT,
          "%.1f times the events/s of the plain way%n",
          fenced / getForEach.eventsPerSecond());
    }
    return 0;
  }

  /** A way to judge so many results. */
  @FunctionalInterface
  private interface Way {
    Measurement judge(long events)
        throws IOException, ExecutionException, InterruptedException, UndecodableEventException;
  }

  private void warmUp(Way way, long slice)
      throws IOException, ExecutionException, InterruptedException, UndecodableEventException {
    long latest = System.nanoTime() + Duration.ofSeconds(longestWarmUp).toNanos();
    Measurement measured;
    do {
      measured = way.judge(slice);
    } while (!measured.cost().isWarm() && System.nanoTime() < latest);
  }

  /** The events per second. */
  private double explained(Backlog backlog, MarkdownTable costs)
      throws IOException, ExecutionException, InterruptedException {
    RunningAlert alert = backlog.alert();
    Scrape before = alert.scrape();
    ThreadCosts threads = ThreadCosts.of(alert.pid());
    Measurement measurement = backlog.judge(events);
    threads = ThreadCosts.of(alert.pid()).since(threads);
    Scrape after = alert.scrape();
    measurement.addTo(costs, "alert-service", below.get(0));
    out.println(Details.fence(after.since(before, "vigie_fence_latency_seconds")));
    out.println(Details.batches(after.since(before, "vigie_judging_batch")));
    out.println(Details.parts(measurement, threads));
    return measurement.eventsPerSecond();
  }

  private MarkdownTable profile(Backlog backlog, Path recording)
      throws IOException, ExecutionException, InterruptedException {
    long pid = backlog.alert().pid();
    Measurement unused = backlog.judge(events, () -> Profile.start(pid, recording, MAX_PROFILE));
    Profile.stop(pid);
    return Layers.of(recording);
  }

  private Measurement plain(RunningAlert alert, ResultStream exam)
      throws IOException, ExecutionException, InterruptedException, UndecodableEventException {
    ProcessCost own = new ProcessCost(ProcessHandle.current().pid());
    try (PlainJudge judge = new PlainJudge(alert.kafka(), alert.redis().primary())) {
      judge.load(exam, below.get(0));
      warmUp(slice -> plain(judge, slice, own), plain / 4);
      return plain(judge, plain, own);
    }
  }

  private static Measurement plain(PlainJudge judge, long events, ProcessCost own)
      throws IOException, ExecutionException, InterruptedException, UndecodableEventException {
    ProcessCost.Account before = own.account();
    long start = System.nanoTime();
    long judged = judge.judge(events);
    return new Measurement(judged, System.nanoTime() - start, own.account().since(before));
  }
}
