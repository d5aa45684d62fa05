// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.cluster;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vigie.benchmark.Table;
import vigie.benchmark.Workspace;
import vigie.stack.kafka.KafkaCluster;
import vigie.stack.kafka.KafkaTopology;

/** Prints what each form of Kafka takes to start, carries, costs and survives. */
@Command(
    name = "deploy/benchmark/cluster",
    mixinStandardHelpOptions = true,
    description = {
      "Starts each form of Kafka on this machine and measures what it carries: random bytes by",
      "kafka-producer-perf-test, and exam results as ingest-service encodes them; acks=all, with",
      "three copies in the steady forms; and what kafka-consumer-perf-test then reads of either.",
      "With --faults it kills and restarts their processes while records flow instead; exit code 1",
      "when an acknowledged record is gone."
    },
    usageHelpAutoWidth = true)
public final class ClusterBenchmark implements Callable<Integer> {

  private static final double SECOND = 1e9;

  private static final List<Fault> FAULTS =
      List.of(
          Fault.KILL_BROKER, Fault.KILL_BROKER, Fault.KILL_LEADER_OF_QUORUM, Fault.ROLLING_RESTART);

  @Option(
      names = "--forms",
      split = ",",
      converter = FormName.class,
      description =
          "Default: kraft-minimal,minimal,kraft-steady,steady; with --faults the steady ones.")
  private List<KafkaTopology> forms = List.of();

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

  @Option(names = "--faults", description = "Kill and restart processes instead.")
  private boolean faults;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ClusterBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    return faults ? damage() : measure();
  }

  private int measure() throws Exception {
    Report report = Report.empty();
    for (KafkaTopology form : forms(form -> true)) {
      try (Workspace workspace = Workspace.create("cluster-" + form)) {
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

  private int damage() throws Exception {
    Table pauses = Damage.table();
    int lost = 0;
    for (KafkaTopology form : forms(KafkaTopology::isSteady)) {
      try (Workspace workspace = Workspace.create("cluster-" + form);
          KafkaCluster kafka = KafkaCluster.startIn(workspace.folder(), form)) {
        Outcome outcome = Damage.of(kafka, form, FAULTS, pauses);
        System.out.println(form + ": " + outcome);
        lost += outcome.lost();
      }
    }
    System.out.println(pauses);
    return lost == 0 ? 0 : 1;
  }

  private List<KafkaTopology> forms(Predicate<KafkaTopology> wanted) {
    return forms.isEmpty() ? Arrays.stream(KafkaTopology.values()).filter(wanted).toList() : forms;
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toNanos() / SECOND);
  }

  private static final class FormName implements CommandLine.ITypeConverter<KafkaTopology> {
    @Override
    public KafkaTopology convert(String name) {
      return KafkaTopology.parse(name);
    }
  }
}
