// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vigie.faults.harness.SeededRuns;

/** Plays random faults on many hosts, and checks every promise. */
@Command(
    name = "hosts",
    description = {
      "Starts Kafka, Redis, ingest-services and alert-services on hosts of their own, which are",
      "network namespaces, and plays seeded schedules of faults that overlap. Exit code 1 when a",
      "promise was broken. Needs root and iptables."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
final class HostFaults implements Callable<Integer> {

  @Mixin private SeededRuns runs = new SeededRuns(20);

  @Option(
      names = "--without",
      description =
          "Takes a guarantee away, to show that it is missed: CANDIDATES. Ends with"
              + " the first run that shows it.")
  private Optional<RemovedGuarantee> removed = Optional.empty();

  public static void main(String... arguments) {
    System.exit(
        new CommandLine(new HostFaults())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Optional<String> obstacle = HostNetwork.obstacle();
    if (obstacle.isPresent()) {
      System.err.println("hosts: " + obstacle.get());
      return 2;
    }
    System.out.println("seed " + runs.seed());
    Path folder = Files.createTempDirectory("vigie-hosts-");
    Map<Fault.Kind, Integer> played = new EnumMap<>(Fault.Kind.class);
    int violations = 0;
    int done = 0;
    try (Runner runner = new Runner(folder, removed)) {
      for (; done < runs.count() && !(removed.isPresent() && violations > 0); done++) {
        Result result = runner.run(runs.seed() + done);
        System.out.println(result);
        violations += result.violations().size();
        result
            .schedule()
            .actions()
            .forEach(action -> played.merge(action.fault().kind(), 1, Integer::sum));
      }
    }
    System.out.printf(
        "%n%d runs, %d violations, faults %s%nLogs: %s%n", done, violations, played, folder);
    return violations == 0 ? 0 : 1;
  }
}
