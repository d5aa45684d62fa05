// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import vigie.analytics.config.AnalyticsConfig;
import vigie.analytics.driver.Health;
import vigie.analytics.driver.HttpEndpoint;
import vigie.analytics.driver.Metrics;
import vigie.analytics.driver.QuerySupervisor;
import vigie.analytics.erasure.ErasureScope;
import vigie.analytics.maintenance.Maintenance;
import vigie.analytics.recompute.Recompute;

/**
 * Without arguments the driver that publishes new figures every minute; with {@code recompute} the
 * comparison of what is published with a computation from scratch, which with {@code --swap} takes
 * its place; with {@code maintain} one round of maintenance, which the driver else does by itself;
 * with {@code forget} the removal of {@link ErasureScope} it names.
 */
@Command(
    name = "analytics-job",
    mixinStandardHelpOptions = true,
    descriptionHeading = "%n",
    description = {
      "Without a verb: the driver, which publishes the figures of the archive until it is stopped.",
      ""
    },
    synopsisSubcommandLabel = "[VERB]",
    exitCodeListHeading = AnalyticsJob.EXIT_CODES,
    exitCodeList = {"0:done", "1:not done, or a difference was found", "2:wrong arguments"})
public final class AnalyticsJob implements Callable<Integer> {

  static final String EXIT_CODES = "%nExit codes:%n";

  private static final Logger LOG = LoggerFactory.getLogger(AnalyticsJob.class);
  private static final int FAILED = 1;

  private final Map<String, String> environment;

  private AnalyticsJob(Map<String, String> environment) {
    this.environment = environment;
  }

  public static void main(String[] arguments) {
    System.exit(commandLine(System.getenv()).execute(arguments));
  }

  /** All verbs; the environment is read once one of them begins. */
  static CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(new AnalyticsJob(environment))
        .addSubcommand(new EraseCommand(environment))
        // A student's id may begin with @, which else were the name of a file of arguments.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler((e, parsed) -> refused(e))
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
  }

  /** One line and where to read on, as the other commands of {@code deploy} do. */
  private static int refused(ParameterException e) {
    CommandLine command = e.getCommandLine();
    command.getErr().printf("%s: %s%n", command.getCommandName(), e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, command.getErr());
    command.getErr().println("see --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static int failed(Exception e, CommandLine command) {
    if (e instanceof IllegalArgumentException) {
      command.getErr().println("analytics-job: " + e.getMessage());
    } else {
      LOG.error("Not done", e);
    }
    return FAILED;
  }

  @Override
  public Integer call() {
    return drive(config());
  }

  @Command(
      name = "recompute",
      mixinStandardHelpOptions = true,
      description = "Computes all figures from scratch and compares them with the published ones.")
  int recompute(
      @Option(
              names = "--swap",
              description = "puts them in place of the published ones; no driver may publish then")
          boolean swap)
      throws SQLException {
    return new Recompute(config(), System.out).run(swap);
  }

  @Command(
      name = "maintain",
      mixinStandardHelpOptions = true,
      description = "Does one round of the maintenance that the driver does by itself.")
  int maintain() {
    return maintain(config().forCommand());
  }

  private AnalyticsConfig config() {
    return AnalyticsConfig.from(environment);
  }

  private static int drive(AnalyticsConfig config) {
    LOG.info("Configuration: {}", config);
    Health health = new Health();
    Metrics metrics = new Metrics();
    QuerySupervisor supervisor = new QuerySupervisor(config, health, metrics);
    try (HttpEndpoint endpoint =
            new HttpEndpoint(config.httpHost(), config.httpPort(), health, metrics);
        Maintenance maintenance = new Maintenance(config, health, metrics)) {
      LOG.info("Health and metrics at port {}", endpoint.port());
      Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stop"));
      maintenance.start();
      supervisor.run();
      return 0;
    } catch (IOException | Error e) {
      // Spark's threads would keep a process alive that does nothing any more.
      LOG.error("The driver cannot go on", e);
      return FAILED;
    }
  }

  private static int maintain(AnalyticsConfig config) {
    Metrics metrics = new Metrics();
    try (Maintenance maintenance = new Maintenance(config, new Health(), metrics)) {
      List<String> failures = maintenance.round();
      failures.forEach(failure -> System.out.println("FAILED " + failure));
      System.out.println("Failures: " + failures.size());
      return failures.isEmpty() ? 0 : FAILED;
    }
  }
}
