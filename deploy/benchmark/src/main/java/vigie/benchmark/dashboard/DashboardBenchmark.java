// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.dashboard;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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
      Honesty honesty = new Honesty(browser, site);
      List<Chapter> chapters = new ArrayList<>();
      chapters.add(new FirstView(browser, site));
      chapters.add(
          new Publications(browser, site, new Publications.Plan(viewers, warmUp, publications)));
      if (cells > 0) {
        chapters.add(new MapPan(browser, site, panSeconds, cells));
      }
      chapters.add(honesty);
      boolean complete = true;
      for (Chapter chapter : chapters) {
        complete &= print(chapter);
      }
      return complete && honesty.longest() <= Honesty.PROMISED ? 0 : 1;
    }
  }

  /** One that fails makes the exit code 1, and takes nothing from the others. */
  private boolean print(Chapter chapter) {
    try {
      chapter.measure();
      return true;
    } catch (Exception e) {
      new IllegalStateException("Not all of the following table was measured", e).printStackTrace();
      return false;
    } finally {
      out.println(chapter.table());
    }
  }
}
