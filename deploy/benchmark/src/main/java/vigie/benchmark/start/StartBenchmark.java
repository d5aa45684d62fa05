// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.start;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vigie.command.Commands;
import vigie.command.MarkdownTable;
import vigie.stack.workspace.TemporaryFolder;

/** Says how long deploy/up takes and what it costs, and what all of Vigie costs when it is idle. */
@Command(
    name = "deploy/benchmark/start",
    mixinStandardHelpOptions = true,
    description = {
      "Types deploy/up --free-ports in a built tree, again and again, with a data folder of its"
          + " own.",
      "It prints the time until the pages answer and until all is ready, and the processor time by",
      "component: of the starts, and of the idle whole without laptops.",
      ""
    })
public final class StartBenchmark implements Callable<Integer> {

  private static final String PAGES = "pages answer";
  private static final String READY = "ready in";

  @Option(
      names = "--runs",
      defaultValue = "5",
      description = "How many starts. Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Option(
      names = "--keep-data",
      description = "Each start finds the data of the one before. Default: an empty folder.")
  private boolean keepData;

  @Option(
      names = "--busy-loops",
      defaultValue = "0",
      description = "As many threads take processor time meanwhile. Default: ${DEFAULT-VALUE}.")
  private int busyLoops;

  @Option(
      names = "--idle",
      paramLabel = "DURATION",
      defaultValue = "2m",
      description = "How long the idle whole is measured; 0s leaves it out. Default: 2m.")
  private Duration idle;

  /** One start. */
  private record Start(Duration pages, Duration ready, Costs costs) {}

  public static void main(String[] arguments) {
    System.exit(Commands.complete(new CommandLine(new StartBenchmark())).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<Start> starts = new ArrayList<>();
    try (TemporaryFolder workspace = TemporaryFolder.create("start");
        BusyLoops busy = new BusyLoops(busyLoops)) {
      for (int run = 0; run < runs; run++) {
        Start start = start(workspace.folder().resolve(keepData ? "kept" : "run-" + run));
        starts.add(start);
        System.err.printf(
            "start %d, beside %d busy loops: pages after %.1f s, ready after %.1f s, %.1f CPU-s%n",
            run + 1,
            busy.count(),
            seconds(start.pages),
            seconds(start.ready),
            seconds(start.costs.sum()));
      }
      System.out.println(times(starts));
      System.out.println(costs(starts));
    }
    if (!idle.isZero()) {
      try (TemporaryFolder workspace = TemporaryFolder.create("idle")) {
        System.out.println(idle(workspace.folder()));
      }
    }
    return 0;
  }

  private static Start start(Path folder) throws Exception {
    try (RunningUp up = new RunningUp(folder, List.of())) {
      Duration pages = up.await(PAGES);
      Duration ready = up.await(READY);
      return new Start(pages, ready, up.costs());
    }
  }

  private MarkdownTable idle(Path folder) throws Exception {
    try (RunningUp up = new RunningUp(folder, List.of("--no-students"))) {
      up.await(READY);
      // What a start leaves for later, such as compiling, is over by then.
      Thread.sleep(idle.toMillis() / 2);
      Costs before = up.costs();
      Thread.sleep(idle.toMillis());
      Costs used = up.costs().since(before);
      MarkdownTable table =
          new MarkdownTable("idle for " + idle.toSeconds() + " s", "CPU-s", "of a processor");
      for (Component component : Component.values()) {
        add(table, component.toString(), used.of(component));
      }
      add(table, "all", used.sum());
      return table;
    }
  }

  private void add(MarkdownTable table, String name, Duration time) {
    table.add(name, text("%.2f", seconds(time)), text("%.3f", seconds(time) / seconds(idle)));
  }

  private static MarkdownTable times(List<Start> starts) {
    MarkdownTable table = new MarkdownTable("seconds until", "median", "longest");
    List<Double> pages = starts.stream().map(start -> seconds(start.pages)).sorted().toList();
    List<Double> ready = starts.stream().map(start -> seconds(start.ready)).sorted().toList();
    table.add("the pages answer", text("%.1f", median(pages)), text("%.1f", longest(pages)));
    table.add("all is ready", text("%.1f", median(ready)), text("%.1f", longest(ready)));
    return table;
  }

  private static MarkdownTable costs(List<Start> starts) {
    MarkdownTable table = new MarkdownTable("CPU-s until ready", "median", "longest");
    for (Component component : Component.values()) {
      List<Double> costs =
          starts.stream().map(start -> seconds(start.costs.of(component))).sorted().toList();
      table.add(component.toString(), text("%.1f", median(costs)), text("%.1f", longest(costs)));
    }
    List<Double> sums = starts.stream().map(start -> seconds(start.costs.sum())).sorted().toList();
    table.add("all", text("%.1f", median(sums)), text("%.1f", longest(sums)));
    return table;
  }

  private static double median(List<Double> sorted) {
    return sorted.get(sorted.size() / 2);
  }

  private static double longest(List<Double> sorted) {
    return sorted.get(sorted.size() - 1);
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1_000.0;
  }

  private static String text(String format, double number) {
    return String.format(format, number);
  }
}
