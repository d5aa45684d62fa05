// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.dashboard;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vigie.stack.workspace.TemporaryFolder;

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
    try (TemporaryFolder workspace = TemporaryFolder.create("dashboard");
        DashboardEnvironment environment = new DashboardEnvironment(workspace.folder(), seed);
        Chromium browser = new Chromium()) {
      OutageVisibility visibility = new OutageVisibility(browser, environment);
      List<Section> sections = new ArrayList<>();
      sections.add(new FirstView(browser, environment));
      sections.add(
          new Publications(
              browser, environment, new Publications.Plan(viewers, warmUp, publications)));
      if (cells > 0) {
        sections.add(new MapPan(browser, environment, panSeconds, cells));
      }
      sections.add(visibility);
      boolean complete = true;
      for (Section section : sections) {
        complete &= print(section);
      }
      return complete && visibility.longest() <= OutageVisibility.PROMISED ? 0 : 1;
    }
  }

  /** One that fails makes the exit code 1, and takes nothing from the others. */
  private boolean print(Section section) {
    try {
      section.measure();
      return true;
    } catch (Exception e) {
      new IllegalStateException("Not all of the following table was measured", e).printStackTrace();
      return false;
    } finally {
      out.println(section.table());
    }
  }
}
