// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.ingest;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vigie.benchmark.Profile;
import vigie.command.MarkdownTable;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.workspace.TemporaryFolder;

/**
 * Prints what ingest-service carries and costs, beside a bare gateway and Kafka's own producer
 * test.
 */
@Command(
    name = "deploy/benchmark/ingest",
    mixinStandardHelpOptions = true,
    description = "Measures ingest-service on a real Kafka, all on this machine.")
public final class IngestBenchmark implements Callable<Integer> {

  private static final double MEGABYTE = 1_000_000;

  private static final Duration END_OF_RECORDING = Duration.ofSeconds(5);

  private static final Map<String, List<String>> LAYERS = layers();

  @Option(
      names = "--seconds",
      defaultValue = "15",
      description = "How long each way of sending is measured (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--longest-warm-up",
      defaultValue = "120",
      description =
          "Most seconds of each way of sending before that, until the JVM's compiler has hardly"
              + " anything left to do (default: ${DEFAULT-VALUE}).")
  private int longestWarmUp;

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

  @Option(
      names = "--profile",
      description = "Tell also where the time of ingest-service goes, by layers (Java 25).")
  private boolean profile;

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
    try (TemporaryFolder workspace = TemporaryFolder.create("ingest");
        KafkaNode kafka = KafkaNode.startIn(workspace.folder())) {
      MarkdownTable costs = Measurement.table();
      List<Measurement> open;
      Optional<TokenCost> tokens;
      try (Gateway ingest = Gateway.ingestService(kafka, workspace.folder())) {
        List<Load> loads = loads(ingest, results);
        open = measure(loads, results, costs);
        if (profile) {
          out.println(profile(ingest, loads, workspace.folder()));
        }
        tokens = tokenCost(loads, kafka, results, workspace.folder().resolve("tokens"));
        tokens.ifPresent(cost -> cost.withTokens().addTo(costs, results.meanSize()));
        out.println(memory(ingest, results));
      }
      try (Gateway bare = Gateway.bare(kafka, workspace.folder())) {
        List<Measurement> unused = measure(loads(bare, results), results, costs);
      }
      out.println(costs);
      tokens.ifPresent(out::println);
      double bare = new BareProducer(kafka).eventsPerSecond(workspace.folder(), results, records);
      out.printf(
          Locale.ROOT,
          "kafka-producer-perf-test, the same JSON as records, the same producer settings: "
              + "%,.0f records/s, %.1f MB/s%ningest-service carries up to %.2f of that%n",
          bare,
          bare * results.meanSize() / MEGABYTE,
          open.stream().mapToDouble(Measurement::eventsPerSecond).max().orElseThrow() / bare);
    }
    return 0;
  }

  private List<Load> loads(Gateway gateway, ExamResults results) {
    return forms.stream().map(form -> new Load(gateway, form, results)).toList();
  }

  private List<Measurement> measure(List<Load> loads, ExamResults results, MarkdownTable costs)
      throws IOException {
    List<Measurement> measurements = new ArrayList<>();
    for (Load load : loads) {
      load.warmUp(Duration.ofSeconds(longestWarmUp));
      Measurement measurement = load.send(Duration.ofSeconds(seconds));
      measurement.addTo(costs, results.meanSize());
      measurements.add(measurement);
    }
    return measurements;
  }

  /** A laptop sends its own student's events only, so what asks for tokens gets them singly. */
  private Optional<TokenCost> tokenCost(
      List<Load> open, KafkaNode kafka, ExamResults results, Path folder) throws IOException {
    Optional<Load> singly = open.stream().filter(load -> load.form() == Form.SINGLE).findAny();
    if (singly.isEmpty()) {
      return Optional.empty();
    }
    try (Gateway guarded = Gateway.guarded(kafka, folder)) {
      Load without = singly.get();
      Load with = new Load(guarded, Form.SINGLE, results);
      without.warmUp(Duration.ofSeconds(longestWarmUp));
      with.warmUp(Duration.ofSeconds(longestWarmUp));
      TokenCost cost = TokenCost.of(without, with, Duration.ofSeconds(seconds));
      if (profile) {
        out.println(profile(guarded, List.of(with), folder));
      }
      return Optional.of(cost);
    }
  }

  /** While the same loads flow again. */
  private MarkdownTable profile(Gateway gateway, List<Load> loads, Path folder) throws IOException {
    List<Profile> profiles = new ArrayList<>();
    for (Load load : loads) {
      Profile profile = new Profile(LAYERS);
      Path file = folder.resolve(load.form() + ".jfr");
      Profile.start(gateway.process().process().pid(), file, Duration.ofSeconds(seconds));
      Measurement unused = load.send(Duration.ofSeconds(seconds).plus(END_OF_RECORDING));
      profile.read(file);
      profiles.add(profile);
    }
    MarkdownTable table =
        new MarkdownTable(
            Stream.concat(
                    Stream.of("time of " + gateway.name()),
                    loads.stream().map(load -> load.form().title()))
                .toArray(String[]::new));
    for (String layer : profiles.get(0).shares().keySet()) {
      table.add(
          Stream.concat(
                  Stream.of(layer),
                  profiles.stream().map(one -> "%.0f %%".formatted(100 * one.shares().get(layer))))
              .toArray(String[]::new));
    }
    return table;
  }

  /** Every connection sends a request first, so that the server has made all it keeps for it. */
  private MarkdownTable memory(Gateway ingest, ExamResults results) throws IOException {
    MarkdownTable memory = new MarkdownTable("resident memory of ingest-service", "MB");
    memory.add("after the load, peak", megabytes(ingest.cost().peakResidentBytes()));
    List<ByteBuffer> requests =
        results.requests(ingest.address().getHostString(), 1, ingest::token);
    try (Laptops laptops = new Laptops(ingest.address(), idle)) {
      Histogram unused = laptops.send(requests, Duration.ofSeconds(1));
      memory.add(
          String.format(Locale.ROOT, "with %,d keep-alive connections, now", idle),
          megabytes(ingest.cost().residentBytes()));
      memory.add("peak of all", megabytes(ingest.cost().peakResidentBytes()));
    }
    return memory;
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.0f", bytes / MEGABYTE);
  }

  private static Map<String, List<String>> layers() {
    Map<String, List<String>> layers = new LinkedHashMap<>();
    layers.put(
        "the kernel: sockets, waiting",
        List.of("io.netty.channel.unix.", "io.netty.channel.epoll.Native", "sun.nio.ch."));
    layers.put("HTTP: Netty, Vert.x", List.of("io.netty.", "io.vertx."));
    layers.put("Quarkus", List.of("io.quarkus.", "io.smallrye."));
    layers.put("Kafka's client, compression", List.of("org.apache.kafka.", "net.jpountz."));
    layers.put("parsing", List.of("com.fasterxml.jackson.", "com.ethlo."));
    layers.put(
        "fair share, metrics",
        List.of(
            "vigie.ingest.quota.TokenBucket",
            "vigie.ingest.quota.RequestMeter",
            "com.github.",
            "io.micrometer."));
    layers.put("checks, ids, encoding, routes", List.of("vigie.", "org.apache.avro."));
    return layers;
  }
}
