// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vigie.faults.harness.KafkaTopologyConverter;
import vigie.stack.kafka.KafkaCluster;
import vigie.stack.kafka.KafkaTopology;
import vigie.stack.workspace.TemporaryFolder;

/** Prints what each form of Kafka takes to start, carries and costs. */
@Command(
    name = "deploy/benchmark/cluster",
    mixinStandardHelpOptions = true,
    description = {
      "Starts each form of Kafka on this machine and measures what it carries: random bytes by",
      "kafka-producer-perf-test, and exam results as ingest-service encodes them; acks=all, with",
      "three copies in the steady forms; and what kafka-consumer-perf-test then reads of either."
    },
    usageHelpAutoWidth = true)
public final class ClusterBenchmark implements Callable<Integer> {

  private static final double SECOND = 1e9;

  @Option(
      names = "--forms",
      split = ",",
      converter = KafkaTopologyConverter.class,
      description = "Default: kraft-minimal,minimal,kraft-steady,steady.")
  private List<KafkaTopology> forms = List.of(KafkaTopology.values());

  @Option(
      names = "--megabytes",
      defaultValue = "600",
      description = "Random bytes sent to each form (default: ${DEFAULT-VALUE}).")
  private int megabytes;

  @Option(
      names = "--seconds",
      defaultValue = "15",
      description = "How long results are sent to each form (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--longest-warm-up",
      defaultValue = "90",
      description =
          "Most seconds that results are sent to each form before, until the compilers of its JVMs"
              + " have hardly anything left to do (default: ${DEFAULT-VALUE}).")
  private int longestWarmUp;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the results (default: ${DEFAULT-VALUE}).")
  private long seed;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ClusterBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Report report = Report.empty();
    for (KafkaTopology form : forms) {
      try (TemporaryFolder workspace = TemporaryFolder.create("cluster-" + form)) {
        long began = System.nanoTime();
        try (KafkaCluster kafka = KafkaCluster.startIn(workspace.folder(), form)) {
          Duration start = Duration.ofNanos(System.nanoTime() - began);
          new Loads(kafka, form)
              .run(
                  megabytes,
                  Duration.ofSeconds(seconds),
                  Duration.ofSeconds(longestWarmUp),
                  seed,
                  report);
          Census.of(kafka).addTo(report.sizes(), form, start);
        }
      }
    }
    System.out.print(report);
    return 0;
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toNanos() / SECOND);
  }
}
