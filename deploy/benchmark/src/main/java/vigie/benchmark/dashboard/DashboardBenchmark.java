// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.dashboard;

import static org.awaitility.Awaitility.await;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vigie.benchmark.ProcessCost;
import vigie.benchmark.Table;
import vigie.benchmark.Workspace;

/** Prints how soon pages show a publication, what it costs, and how smoothly the map pans. */
@Command(
    name = "deploy/benchmark/dashboard",
    mixinStandardHelpOptions = true,
    description = {
      "Measures dashboard-service on a real PostgreSQL and Kafka: how soon a page in Chromium shows",
      "what was published while others hold live streams, what that costs, and how the map pans."
    })
public final class DashboardBenchmark implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration REST = Duration.ofSeconds(3);
  private static final int DIGITS = 3;

  /** A session that rests tells PostgreSQL's statistics after this time what it has done. */
  private static final Duration STATISTICS_ARE_LATE = Duration.ofSeconds(11);

  @Option(
      names = "--viewers",
      split = ",",
      defaultValue = "0,100,1000",
      description = "Viewers beside the page, each series more (default: ${DEFAULT-VALUE}).")
  private List<Integer> viewers;

  @Option(
      names = "--publications",
      defaultValue = "50",
      description = "Publications that are measured in each series (default: ${DEFAULT-VALUE}).")
  private int publications;

  @Option(
      names = "--warm-up",
      defaultValue = "20",
      description = "Publications before that, in each series (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--cells",
      defaultValue = "20000",
      description =
          "Places on the map that is dragged about; 0 leaves it out (default: ${DEFAULT-VALUE}).")
  private int cells;

  @Option(
      names = "--pan-seconds",
      defaultValue = "10",
      description = "How long the map is dragged at each zoom (default: ${DEFAULT-VALUE}).")
  private int panSeconds;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the places (default: ${DEFAULT-VALUE}).")
  private long seed;

  private final PrintStream out;

  private DashboardBenchmark(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new DashboardBenchmark(System.out)).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    try (Workspace workspace = Workspace.create("dashboard");
        Site site = new Site(workspace.folder(), seed);
        Chromium browser = new Chromium()) {
      out.println(new FirstView(browser, site).measure());
      out.println(publications(site, browser));
      Honesty honesty = new Honesty(browser, site);
      out.println(honesty.measure());
      if (cells > 0) {
        out.println(new MapPan(browser, site, panSeconds).measure(cells));
      }
      return honesty.longest() <= Honesty.PROMISED ? 0 : 1;
    }
  }

  private Table publications(Site site, Chromium browser) throws Exception {
    Table table =
        new Table(
            "viewers beside the page",
            "published to painted p50 ms",
            "p99 ms",
            "to all viewers p99 ms",
            "CPU ms of the service per publication",
            "of it the compiler's",
            "at rest, CPU ms a second",
            "KB sent to a viewer",
            "queries per publication",
            "resident MB");
    OpenPage page = new OpenPage(browser, site);
    try (Viewers crowd =
        new Viewers(site.port(), viewers.stream().mapToInt(i -> i).max().orElse(0))) {
      int open = 0;
      for (int wanted : viewers) {
        long before = crowd.served();
        crowd.open(wanted - open).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        awaitServed(crowd, before + wanted - open);
        open = wanted;
        table.add(series(site, page, crowd, open));
      }
    }
    return table;
  }

  private String[] series(Site site, OpenPage page, Viewers crowd, int open) throws Exception {
    for (int i = 0; i < warmUp; i++) {
      publish(site, page, crowd, open, new Times());
    }
    double rest = atRest(site);
    long looks = looks(site);
    long bytes = crowd.bytes();
    ProcessCost.Account before = site.cost().account();
    long start = System.nanoTime();
    Times times = new Times();
    for (int i = 0; i < publications; i++) {
      publish(site, page, crowd, open, times);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    ProcessCost.Account cost = site.cost().account().since(before);
    return new String[] {
      String.format(Locale.ROOT, "%,d", open),
      Long.toString(times.painted.getValueAtPercentile(50)),
      Long.toString(times.painted.getValueAtPercentile(99)),
      open == 0 ? "" : Long.toString(times.served.getValueAtPercentile(99)),
      String.format(Locale.ROOT, "%.1f", (cost.cpu().toMillis() - rest * seconds) / publications),
      String.format(Locale.ROOT, "%.0f %%", 100 * cost.compilerShare()),
      String.format(Locale.ROOT, "%.0f", rest),
      open == 0
          ? ""
          : String.format(
              Locale.ROOT, "%.1f", (crowd.bytes() - bytes) / 1000.0 / open / publications),
      String.format(Locale.ROOT, "%.2f", (double) (looks(site) - looks) / publications),
      String.format(Locale.ROOT, "%.0f", site.cost().residentBytes() / 1e6)
    };
  }

  private record Times(Histogram painted, Histogram served) {
    Times() {
      this(new Histogram(DIGITS), new Histogram(DIGITS));
    }
  }

  /** The next one only when the page and all viewers have this one. */
  private static void publish(Site site, OpenPage page, Viewers crowd, int open, Times times)
      throws Exception {
    long before = crowd.served();
    long now = site.publisher().publish();
    times.painted.recordValue(Math.max(0, page.painted(site.publisher().number()) - now));
    awaitServed(crowd, before + open);
    times.served.recordValue(Math.max(0, crowd.lastServed() - now));
  }

  private static void awaitServed(Viewers crowd, long times) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> crowd.served() >= times);
  }

  /** Milliseconds of processor time in a second in which nothing is published. */
  private static double atRest(Site site) throws Exception {
    ProcessCost.Account before = site.cost().account();
    long start = System.nanoTime();
    Thread.sleep(REST.toMillis());
    return site.cost().account().since(before).cpu().toMillis()
        / ((System.nanoTime() - start) / 1e9);
  }

  private static long looks(Site site) throws Exception {
    Thread.sleep(STATISTICS_ARE_LATE.toMillis());
    return site.publisher().looks();
  }
}
