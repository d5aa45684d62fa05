// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vigie.faults.harness.ArchiveSystems;
import vigie.faults.harness.SeededRandom;
import vigie.faults.harness.SeededRuns;
import vigie.stack.hdfs.HdfsTopology;

/** Kills and freezes what the archive is made of, and proves each time that it is exact. */
@Command(
    name = "deploy/fault-tests/archive-kills",
    description = {
      "Kills -9 and freezes writers, HDFS and Kafka while results flow. After each fault the",
      "auditor must find every offset exactly once, and every id that Kafka acknowledged must be"
          + " in",
      "the table. Exit code 1 when that does not hold."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
final class ArchiveKills implements Callable<Integer> {

  /** Tables that grow make every proof slower: after so many runs all begins anew. */
  private static final int RUNS_OF_A_CLUSTER = 50;

  @Mixin private SeededRuns runs = new SeededRuns(50);

  @Option(
      names = "--fault",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES}. Default: all, in an order by the seed.")
  private List<Fault> faults = List.of(Fault.values());

  public static void main(String... arguments) {
    System.exit(
        new CommandLine(new ArchiveKills())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    System.out.println("seed " + runs.seed());
    Path folder = Files.createTempDirectory("vigie-archive-kills-");
    FaultReport report = new FaultReport();
    List<Fault> order = new SeededRandom(runs.seed()).rounds(faults, runs.count());
    for (int first = 0; first < runs.count(); first += RUNS_OF_A_CLUSTER) {
      Path own = folder.resolve("from-" + first);
      try (ArchiveSystems systems = ArchiveSystems.startIn(own, HdfsTopology.MINIMAL);
          FaultRunner runner = new FaultRunner(own, systems)) {
        for (int run = first; run < Math.min(runs.count(), first + RUNS_OF_A_CLUSTER); run++) {
          Result result = runner.run(order.get(run), runs.seed() + run);
          System.out.println(result);
          report.add(result);
        }
        report.addAtEnd(runner.end());
      }
    }
    System.out.printf("%n%s%nLogs: %s%n", report, folder);
    return report.problems() == 0 ? 0 : 1;
  }
}
