// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.ingest;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vigie.benchmark.Table;
import vigie.benchmark.Workspace;

/** Prints what ingest-service carries and costs, beside Kafka's own producer test. */
@Command(
    name = "deploy/benchmark/ingest",
    mixinStandardHelpOptions = true,
    description = "Measures ingest-service on a real Kafka, all on this machine.")
public final class IngestBenchmark implements Callable<Integer> {

  private static final double MEGABYTE = 1_000_000;
  private static final Path SETTINGS =
      Path.of("ingest-service/src/main/resources/application.properties");

  @Option(
      names = "--seconds",
      defaultValue = "15",
      description = "How long each way of sending is measured (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "15",
      description = "Seconds of each way of sending before that (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--forms",
      split = ",",
      defaultValue = "SINGLE,HUNDRED,THOUSAND",
      description = "Ways of sending (default: ${DEFAULT-VALUE}).")
  private List<Form> forms;

  @Option(
      names = "--idle",
      defaultValue = "10000",
      description = "Keep-alive connections held at the same time (default: ${DEFAULT-VALUE}).")
  private int idle;

  @Option(
      names = "--records",
      defaultValue = "10000000",
      description = "Records of kafka-producer-perf-test (default: ${DEFAULT-VALUE}).")
  private long records;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the results that are sent (default: ${DEFAULT-VALUE}).")
  private long seed;

  private final PrintStream out;

  private IngestBenchmark(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new IngestBenchmark(System.out)).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    ExamResults results = new ExamResults(seed);
    try (Workspace workspace = Workspace.create("ingest");
        RunningIngest ingest = new RunningIngest(workspace.folder())) {
      Table costs = Measurement.table();
      double fastest = 0;
      for (Form form : forms) {
        Measurement measurement = measure(ingest, form, results);
        measurement.addTo(costs, results.meanSize());
        fastest = measurement.eventsPerSecond();
      }
      out.println(costs);
      out.println(memory(ingest, results));
      ingest.stopService();
      double bare =
          new BareProducer(ingest.kafka(), SETTINGS)
              .eventsPerSecond(workspace.folder(), results, records);
      out.printf(
          Locale.ROOT,
          "kafka-producer-perf-test, the same JSON as records, the same producer settings: "
              + "%,.0f records/s, %.1f MB/s%n%s through ingest-service carry %.2f of that%n",
          bare,
          bare * results.meanSize() / MEGABYTE,
          Form.THOUSAND.title(),
          fastest / bare);
    }
    return 0;
  }

  private Measurement measure(RunningIngest ingest, Form form, ExamResults results)
      throws IOException {
    List<ByteBuffer> requests = requests(ingest, form, results);
    try (Laptops laptops = new Laptops(ingest.address(), form.connections())) {
      Histogram unused = laptops.send(requests, Duration.ofSeconds(warmUp));
      long cpu = ingest.cost().cpu().toNanos();
      long start = System.nanoTime();
      Histogram times = laptops.send(requests, Duration.ofSeconds(seconds));
      long nanos = System.nanoTime() - start;
      return new Measurement(
          form.title(),
          times.getTotalCount() * form.events(),
          nanos,
          ingest.cost().cpu().toNanos() - cpu,
          times);
    }
  }

  /** Every connection sends a request first, so that the server has made all it keeps for it. */
  private Table memory(RunningIngest ingest, ExamResults results) throws IOException {
    Table memory = new Table("resident memory of ingest-service", "MB");
    memory.add("after the load above, peak", megabytes(ingest.cost().peakResidentBytes()));
    try (Laptops laptops = new Laptops(ingest.address(), idle)) {
      Histogram unused =
          laptops.send(requests(ingest, Form.SINGLE, results), Duration.ofSeconds(1));
      memory.add(
          String.format(Locale.ROOT, "with %,d keep-alive connections, now", idle),
          megabytes(ingest.cost().residentBytes()));
      memory.add("peak of all", megabytes(ingest.cost().peakResidentBytes()));
    }
    return memory;
  }

  private static List<ByteBuffer> requests(RunningIngest ingest, Form form, ExamResults results) {
    return results.requests(ingest.address().getHostString(), form.events());
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.0f", bytes / MEGABYTE);
  }
}
