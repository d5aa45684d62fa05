// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vigie.command.Commands;
import vigie.issuer.Issuer;
import vigie.issuer.Role;

/** Sets the thresholds of {@code config/thresholds.csv} that a Vigie in containers lacks. */
@Command(
    name = "thresholds",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Sets the starting thresholds, as an admin of the development issuer.")
final class SeedThresholds implements Callable<Integer> {

  @Option(
      names = "--alert-service",
      paramLabel = "URL",
      required = true,
      defaultValue = "${env:VIGIE_ALERT_SERVICE}")
  private String alertService;

  @Option(names = "--keys", required = true, defaultValue = "${sys:vigie.keys}")
  private Path keys;

  public static void main(String[] arguments) {
    System.exit(Commands.complete(new CommandLine(new SeedThresholds())).execute(arguments));
  }

  /** Fails at the first threshold that cannot be confirmed; another run sets the rest. */
  @Override
  public Integer call() throws IOException, InterruptedException {
    String admin = Issuer.in(keys).token(Role.ADMIN, "compose");
    ThresholdSeed.read().set(alertService, admin);
    return 0;
  }
}
