// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.archive;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vigie.benchmark.ProcessCost;
import vigie.benchmark.Profile;
import vigie.benchmark.ResultStream;
import vigie.command.MarkdownTable;
import vigie.faults.harness.RunningArchive;
import vigie.stack.workspace.TemporaryFolder;

/** Prints what archive-service archives and costs, beside Iceberg's sink for Kafka Connect. */
@Command(
    name = "deploy/benchmark/archive",
    mixinStandardHelpOptions = true,
    description = {
      "Measures archive-service and, on the same topic, Iceberg's own sink for Kafka Connect, on a",
      "real Kafka and HDFS, all on this machine."
    })
public final class ArchiveBenchmark implements Callable<Integer> {

  private static final double MEGABYTE = 1_000_000;
  private static final double SECOND = 1e9;

  private static final int PACE = 2_000;

  @Option(
      names = "--events",
      defaultValue = "2000000",
      description = "Results that wait when a part is measured (default: ${DEFAULT-VALUE}).")
  private long events;

  @Option(
      names = "--most-warm-ups",
      defaultValue = "8",
      description =
          "Most times that half as many are archived before, until the JVM's compiler has hardly"
              + " anything left to do (default: ${DEFAULT-VALUE}).")
  private int mostWarmUps;

  @Option(
      names = "--pace-seconds",
      defaultValue = "30",
      description =
          "How long 2,000 results a second are sent to measure when they become visible (default:"
              + " ${DEFAULT-VALUE}).")
  private int paceSeconds;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the results (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--profile",
      description = "Tell also where the time of archive-service goes, by layers (Java 25).")
  private boolean profile;

  private final PrintStream out;
  private long sent;

  private ArchiveBenchmark(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ArchiveBenchmark(System.out)).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, ExecutionException, InterruptedException {
    ResultStream exam = new ResultStream(seed, 50);
    try (TemporaryFolder workspace = TemporaryFolder.create("archive");
        ArchiveEnvironment environment = new ArchiveEnvironment(workspace.folder())) {
      warmUp(environment, exam);
      out.println(costs(environment, exam));
      if (profile) {
        out.println(profile(environment, exam, workspace.folder()));
      }
      out.println(delays(environment, exam));
      out.println(commits(environment.archive()));
      out.println(extents(environment));
    }
    return 0;
  }

  /** Both at once; on a busy machine the compiler takes as much time as the code it makes. */
  private void warmUp(ArchiveEnvironment environment, ResultStream exam)
      throws IOException, InterruptedException {
    boolean warm = false;
    for (int i = 0; i < mostWarmUps && !warm; i++) {
      List<ProcessCost.Account> before = accounts(environment);
      fill(environment, exam, events / 2);
      awaitAll(environment);
      List<ProcessCost.Account> after = accounts(environment);
      warm =
          IntStream.range(0, before.size())
              .allMatch(who -> after.get(who).since(before.get(who)).isWarm());
    }
  }

  private MarkdownTable costs(ArchiveEnvironment environment, ResultStream exam)
      throws IOException, InterruptedException {
    MarkdownTable table =
        new MarkdownTable(
            "results archived by",
            "events/s",
            "MB/s of Kafka",
            "CPU-s per million events",
            "of it the compiler's");
    environment.sinks().forEach(one -> one.process().freeze());
    long bytes = exam.bytes();
    fill(environment, exam, events);
    bytes = exam.bytes() - bytes;
    for (SinkUnderTest sink : environment.sinks()) {
      ProcessCost.Account before = sink.cost().account();
      long start = System.nanoTime();
      sink.process().resume();
      environment.awaitRows(sink, sent);
      double seconds = (System.nanoTime() - start) / SECOND;
      ProcessCost.Account cost = sink.cost().account().since(before);
      table.add(
          sink.name(),
          String.format(Locale.ROOT, "%,.0f", events / seconds),
          String.format(Locale.ROOT, "%.1f", bytes / seconds / MEGABYTE),
          String.format(Locale.ROOT, "%.2f", cost.cpu().toNanos() / 1000.0 / events),
          String.format(Locale.ROOT, "%.0f %%", 100 * cost.compilerShare()));
    }
    return table;
  }

  /** While as many results are archived again. */
  private MarkdownTable profile(ArchiveEnvironment environment, ResultStream exam, Path folder)
      throws IOException, InterruptedException {
    SinkUnderTest archive = environment.sinks().get(0);
    Path file = folder.resolve("archive.jfr");
    archive.process().freeze();
    fill(environment, exam, events);
    archive.process().resume();
    Duration length = Duration.ofSeconds(4);
    Profile.start(archive.process().process().pid(), file, length);
    long over = System.nanoTime() + length.plusSeconds(2).toNanos();
    awaitAll(environment);
    Thread.sleep(Math.max(0, Duration.ofNanos(over - System.nanoTime()).toMillis()));
    Profile layers = new Profile(layers());
    layers.read(file);
    MarkdownTable table = new MarkdownTable("time of archive-service", "");
    layers.shares().forEach((layer, share) -> table.add(layer, "%.0f %%".formatted(100 * share)));
    return table;
  }

  private MarkdownTable delays(ArchiveEnvironment environment, ResultStream exam)
      throws InterruptedException, ExecutionException {
    MarkdownTable table =
        new MarkdownTable("from Kafka to visible, by", "p50 s", "p99 s", "longest s");
    Duration length = Duration.ofSeconds(paceSeconds);
    List<Histogram> delays = new Delays(environment, sent).measure(exam, PACE, length);
    sent += (long) PACE * paceSeconds;
    for (int who = 0; who < delays.size(); who++) {
      Histogram delay = delays.get(who);
      table.add(
          environment.sinks().get(who).name(),
          seconds(delay.getValueAtPercentile(50)),
          seconds(delay.getValueAtPercentile(99)),
          seconds(delay.getMaxValue()));
    }
    return table;
  }

  private static MarkdownTable commits(RunningArchive archive)
      throws IOException, InterruptedException {
    MarkdownTable table = new MarkdownTable("commits of archive-service", "p50 ms", "p99 ms");
    table.add("results, the last two minutes", quantile(archive, "0.5"), quantile(archive, "0.99"));
    return table;
  }

  private static String quantile(RunningArchive archive, String quantile)
      throws IOException, InterruptedException {
    double seconds =
        archive.metric(
            "vigie_archive_commit_seconds{table=\"results\",quantile=\"%s\"}".formatted(quantile));
    return String.format(Locale.ROOT, "%.0f", 1000 * seconds);
  }

  private static MarkdownTable extents(ArchiveEnvironment environment) {
    MarkdownTable table = new MarkdownTable("table", "rows", "data files", "MB", "bytes of a row");
    for (SinkUnderTest sink : environment.sinks()) {
      Tables.Extent extent = environment.tables().extent(sink.table());
      table.add(
          sink.table() + ", by " + sink.name(),
          String.format(Locale.ROOT, "%,d", extent.rows()),
          String.format(Locale.ROOT, "%,d", extent.files()),
          String.format(Locale.ROOT, "%.1f", extent.bytes() / MEGABYTE),
          String.format(Locale.ROOT, "%.1f", (double) extent.bytes() / extent.rows()));
    }
    return table;
  }

  private void fill(ArchiveEnvironment environment, ResultStream exam, long count) {
    exam.fill(environment.kafka(), count);
    sent += count;
  }

  private void awaitAll(ArchiveEnvironment environment) throws InterruptedException {
    for (SinkUnderTest sink : environment.sinks()) {
      environment.awaitRows(sink, sent);
    }
  }

  private static List<ProcessCost.Account> accounts(ArchiveEnvironment environment)
      throws IOException {
    return List.of(
        environment.sinks().get(0).cost().account(), environment.sinks().get(1).cost().account());
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
  }

  private static Map<String, List<String>> layers() {
    Map<String, List<String>> layers = new LinkedHashMap<>();
    layers.put("HDFS", List.of("org.apache.hadoop."));
    layers.put("compression of files", List.of("com.github.luben."));
    layers.put("Parquet", List.of("org.apache.parquet."));
    layers.put("Iceberg", List.of("org.apache.iceberg."));
    layers.put("Kafka's client", List.of("org.apache.kafka.", "net.jpountz."));
    layers.put("decoding of events", List.of("org.apache.avro.", "vigie.events."));
    layers.put("archive-service itself", List.of("vigie.archive."));
    return layers;
  }
}
