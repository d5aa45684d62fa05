// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vigie.faults.harness.SeededRuns;
import vigie.stack.redis.RedisTopology;

/** Plays faults on real processes and checks that no threshold change was missed. */
@Command(
    name = "consistency",
    description = {
      "Records histories of threshold changes and judged events while faults are played on real",
      "processes, and checks each of them. Exit code 1 when one breaks a promise."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
final class Consistency implements Callable<Integer> {

  @Mixin private SeededRuns runs = new SeededRuns(200);

  @Option(
      names = "--form",
      split = ",",
      description = "Of Redis: ${COMPLETION-CANDIDATES}. Default: each.")
  private List<RedisTopology> forms = List.of(RedisTopology.values());

  @Option(
      names = "--fault",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES}. Default: all, in turn.")
  private List<Fault> faults = List.of(Fault.values());

  @Option(
      names = "--deliberate-fault",
      description =
          "Takes a guarantee from alert-service, to show that it is missed, such as"
              + " UNFENCED_READS; its DeliberateFault lists them.")
  private Optional<String> deliberateFault = Optional.empty();

  public static void main(String... arguments) {
    System.exit(
        new CommandLine(new Consistency())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    System.out.println("seed " + runs.seed());
    Path folder = Files.createTempDirectory("vigie-consistency-");
    FaultReport report = new FaultReport();
    ExecutorService sideBySide = Executors.newFixedThreadPool(forms.size());
    try {
      AtomicInteger next = new AtomicInteger();
      CompletionService<Void> all = new ExecutorCompletionService<>(sideBySide);
      List<Future<Void>> begun =
          forms.stream().map(form -> all.submit(() -> run(form, folder, next, report))).toList();
      for (int i = 0; i < begun.size(); i++) {
        all.take().get();
      }
    } finally {
      sideBySide.shutdownNow();
    }
    System.out.printf("%n%s%nLogs: %s%n", report, folder);
    return report.violations() == 0 ? 0 : 1;
  }

  /** Each form takes the next run as soon as it is whole again after the last. */
  private Void run(RedisTopology form, Path folder, AtomicInteger next, FaultReport report)
      throws ExecutionException, InterruptedException {
    List<Fault> possible = Fault.of(form).stream().filter(faults::contains).toList();
    Path own = folder.resolve(form.toString());
    try (SharedIngest intake = new SharedIngest(own);
        FaultRunner runner = new FaultRunner(own, form, deliberateFault, intake)) {
      int run;
      for (int i = 0; (run = next.getAndIncrement()) < runs.count(); i++) {
        Result result = runner.run(possible.get(i % possible.size()), runs.seed() + run);
        System.out.println(result);
        report.add(result);
      }
    }
    return null;
  }
}
