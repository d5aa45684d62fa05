// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.dashboard;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import vigie.benchmark.ProcessCost;
import vigie.command.MarkdownTable;

/** How soon an open page has painted a publication, and what that costs, while others look too. */
final class Publications implements Section {

  /**
   * @param viewers beside the page, each series more
   * @param warmUp publications of a series before those that are timed
   * @param timed publications of a series
   */
  record Plan(List<Integer> viewers, int warmUp, int timed) {}

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int DIGITS = 3;

  private final MarkdownTable table =
      new MarkdownTable(
          "viewers beside the page",
          "publications",
          "published to painted p50 ms",
          "p99 ms",
          "to all viewers p99 ms",
          "CPU ms of the service per publication",
          "of it the compiler's",
          "at rest, CPU ms a second",
          "KB sent to a viewer",
          "queries per publication",
          "resident MB");
  private final Chromium browser;
  private final DashboardEnvironment environment;
  private final Plan plan;

  Publications(Chromium browser, DashboardEnvironment environment, Plan plan) {
    this.browser = browser;
    this.environment = environment;
    this.plan = plan;
  }

  @Override
  public MarkdownTable table() {
    return table;
  }

  @Override
  public void measure() throws Exception {
    int most = plan.viewers().stream().mapToInt(i -> i).max().orElse(0);
    try (OpenPage page = new OpenPage(browser, environment);
        Viewers crowd = new Viewers(environment.port(), most)) {
      long looks = environment.publisher().looks();
      int open = 0;
      for (int wanted : plan.viewers()) {
        long before = crowd.served();
        crowd.open(wanted - open).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        awaitServed(crowd, before + wanted - open);
        open = wanted;
        looks = series(page, crowd, open, looks);
      }
    }
  }

  /** One row; answers how often figures had been looked for at its end, {@code before} at first. */
  private long series(OpenPage page, Viewers crowd, int open, long before) throws Exception {
    for (int i = 0; i < plan.warmUp(); i++) {
      publish(page, crowd, open, new Times());
    }
    long bytes = crowd.bytes();
    ProcessCost.Account account = environment.cost().account();
    long start = System.nanoTime();
    Times times = new Times();
    for (int i = 0; i < plan.timed(); i++) {
      publish(page, crowd, open, times);
    }
    double seconds = secondsSince(start);
    ProcessCost.Account cost = environment.cost().account().since(account);
    double sent = (crowd.bytes() - bytes) / 1000.0;
    double resident = environment.cost().residentBytes() / 1e6;

    // Nothing is published until PostgreSQL has counted: that is the rest to compare with.
    account = environment.cost().account();
    start = System.nanoTime();
    long looks = environment.publisher().looks();
    double rest =
        environment.cost().account().since(account).cpu().toMillis() / secondsSince(start);
    table.add(
        String.format(Locale.ROOT, "%,d", open),
        Integer.toString(plan.timed()),
        Long.toString(times.painted.getValueAtPercentile(50)),
        Long.toString(times.painted.getValueAtPercentile(99)),
        open == 0 ? "" : Long.toString(times.served.getValueAtPercentile(99)),
        String.format(Locale.ROOT, "%.1f", (cost.cpu().toMillis() - rest * seconds) / plan.timed()),
        String.format(Locale.ROOT, "%.0f %%", 100 * cost.compilerShare()),
        String.format(Locale.ROOT, "%.0f", rest),
        open == 0 ? "" : String.format(Locale.ROOT, "%.1f", sent / open / plan.timed()),
        String.format(
            Locale.ROOT, "%.2f", (double) (looks - before) / (plan.warmUp() + plan.timed())),
        String.format(Locale.ROOT, "%.0f", resident));
    return looks;
  }

  private record Times(Histogram painted, Histogram served) {
    Times() {
      this(new Histogram(DIGITS), new Histogram(DIGITS));
    }
  }

  /** The next one only when the page and all viewers have this one. */
  private void publish(OpenPage page, Viewers crowd, int open, Times times) throws Exception {
    long before = crowd.served();
    long now = environment.publisher().publish();
    times.painted.recordValue(Math.max(0, page.painted(environment.publisher().number()) - now));
    awaitServed(crowd, before + open);
    times.served.recordValue(Math.max(0, crowd.lastServed() - now));
  }

  private static void awaitServed(Viewers crowd, long times) {
    await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(5)).until(() -> crowd.served() >= times);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
