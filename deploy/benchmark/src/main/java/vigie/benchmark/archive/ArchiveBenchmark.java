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
import vigie.benchmark.Exam;
import vigie.benchmark.ProcessCost;
import vigie.benchmark.Profile;
import vigie.benchmark.RunningArchive;
import vigie.benchmark.Table;
import vigie.benchmark.Workspace;

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
    Exam exam = new Exam(seed, 50);
    try (Workspace workspace = Workspace.create("archive");
        Arena arena = new Arena(workspace.folder())) {
      warmUp(arena, exam);
      out.println(costs(arena, exam));
      if (profile) {
        out.println(profile(arena, exam, workspace.folder()));
      }
      out.println(delays(arena, exam));
      out.println(commits(arena.archive()));
      out.println(extents(arena));
    }
    return 0;
  }

  /** Both at once; on a busy machine the compiler takes as much time as the code it makes. */
  private void warmUp(Arena arena, Exam exam) throws IOException, InterruptedException {
    boolean warm = false;
    for (int i = 0; i < mostWarmUps && !warm; i++) {
      List<ProcessCost.Account> before = accounts(arena);
      fill(arena, exam, events / 2);
      awaitAll(arena);
      List<ProcessCost.Account> after = accounts(arena);
      warm =
          IntStream.range(0, before.size())
              .allMatch(who -> after.get(who).since(before.get(who)).isWarm());
    }
  }

  private Table costs(Arena arena, Exam exam) throws IOException, InterruptedException {
    Table table =
        new Table(
            "results archived by",
            "events/s",
            "MB/s of Kafka",
            "CPU-s per million events",
            "of it the compiler's");
    arena.contestants().forEach(one -> one.process().freeze());
    long bytes = exam.bytes();
    fill(arena, exam, events);
    bytes = exam.bytes() - bytes;
    for (Contestant contestant : arena.contestants()) {
      ProcessCost.Account before = contestant.cost().account();
      long start = System.nanoTime();
      contestant.process().resume();
      arena.awaitRows(contestant, sent);
      double seconds = (System.nanoTime() - start) / SECOND;
      ProcessCost.Account cost = contestant.cost().account().since(before);
      table.add(
          contestant.name(),
          String.format(Locale.ROOT, "%,.0f", events / seconds),
          String.format(Locale.ROOT, "%.1f", bytes / seconds / MEGABYTE),
          String.format(Locale.ROOT, "%.2f", cost.cpu().toNanos() / 1000.0 / events),
          String.format(Locale.ROOT, "%.0f %%", 100 * cost.compilerShare()));
    }
    return table;
  }

  /** While as many results are archived again. */
  private Table profile(Arena arena, Exam exam, Path folder)
      throws IOException, InterruptedException {
    Contestant archive = arena.contestants().get(0);
    Path file = folder.resolve("archive.jfr");
    archive.process().freeze();
    fill(arena, exam, events);
    archive.process().resume();
    Duration length = Duration.ofSeconds(4);
    Profile.start(archive.process().process().pid(), file, length);
    long over = System.nanoTime() + length.plusSeconds(2).toNanos();
    awaitAll(arena);
    Thread.sleep(Math.max(0, Duration.ofNanos(over - System.nanoTime()).toMillis()));
    Profile layers = new Profile(layers());
    layers.read(file);
    Table table = new Table("time of archive-service", "");
    layers.shares().forEach((layer, share) -> table.add(layer, "%.0f %%".formatted(100 * share)));
    return table;
  }

  private Table delays(Arena arena, Exam exam) throws InterruptedException, ExecutionException {
    Table table = new Table("from Kafka to visible, by", "p50 s", "p99 s", "longest s");
    Duration length = Duration.ofSeconds(paceSeconds);
    List<Histogram> delays = new Delays(arena, sent).measure(exam, PACE, length);
    sent += (long) PACE * paceSeconds;
    for (int who = 0; who < delays.size(); who++) {
      Histogram delay = delays.get(who);
      table.add(
          arena.contestants().get(who).name(),
          seconds(delay.getValueAtPercentile(50)),
          seconds(delay.getValueAtPercentile(99)),
          seconds(delay.getMaxValue()));
    }
    return table;
  }

  private static Table commits(RunningArchive archive) throws IOException, InterruptedException {
    Table table = new Table("commits of archive-service", "p50 ms", "p99 ms");
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

  private static Table extents(Arena arena) {
    Table table = new Table("table", "rows", "data files", "MB", "bytes of a row");
    for (Contestant contestant : arena.contestants()) {
      Tables.Extent extent = arena.tables().extent(contestant.table());
      table.add(
          contestant.table() + ", by " + contestant.name(),
          String.format(Locale.ROOT, "%,d", extent.rows()),
          String.format(Locale.ROOT, "%,d", extent.files()),
          String.format(Locale.ROOT, "%.1f", extent.bytes() / MEGABYTE),
          String.format(Locale.ROOT, "%.1f", (double) extent.bytes() / extent.rows()));
    }
    return table;
  }

  private void fill(Arena arena, Exam exam, long count) {
    exam.fill(arena.kafka(), count);
    sent += count;
  }

  private void awaitAll(Arena arena) throws InterruptedException {
    for (Contestant contestant : arena.contestants()) {
      arena.awaitRows(contestant, sent);
    }
  }

  private static List<ProcessCost.Account> accounts(Arena arena) throws IOException {
    return List.of(
        arena.contestants().get(0).cost().account(), arena.contestants().get(1).cost().account());
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
