// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.delivery;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vigie.benchmark.Profile;
import vigie.command.MarkdownTable;
import vigie.stack.workspace.TemporaryFolder;

/** Prints what alert-service needs to serve units, beside {@code ws} and {@code socket.io}. */
@Command(
    name = "deploy/benchmark/delivery",
    mixinStandardHelpOptions = true,
    description = "Measures how alerts reach patrol units, on real systems of this machine.")
public final class DeliveryBenchmark implements Callable<Integer> {

  private static final double KILOBYTE = 1_000;
  private static final Duration PROFILED = Duration.ofSeconds(15);
  private static final Map<String, List<String>> LAYERS = layers();

  @Option(
      names = "--units",
      defaultValue = "10000",
      description = "Units that all alerts go to (default: ${DEFAULT-VALUE}).")
  private int units;

  @Option(
      names = "--held",
      defaultValue = "19000",
      description =
          "Units that are connected in the end; a process may open as many files as ulimit -n says"
              + " (default: ${DEFAULT-VALUE}).")
  private int held;

  @Option(
      names = "--singles",
      defaultValue = "100",
      description = "Alerts raised one by one (default: ${DEFAULT-VALUE}).")
  private int singles;

  @Option(
      names = "--bursts",
      defaultValue = "4",
      description = "Bursts of alerts (default: ${DEFAULT-VALUE}).")
  private int bursts;

  @Option(
      names = "--burst",
      defaultValue = "50",
      description = "Alerts in a burst (default: ${DEFAULT-VALUE}).")
  private int burst;

  @Option(
      names = "--missed",
      defaultValue = "100",
      description = "Alerts raised while all units are away (default: ${DEFAULT-VALUE}).")
  private int missed;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "How long results are sent (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "120",
      description =
          "Seconds that results are sent before, while the compilers of the JVMs still work"
              + " (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--rate",
      defaultValue = "2000",
      description = "Results per second (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--patrols",
      defaultValue = "1000",
      description = "Units with areas while results are sent (default: ${DEFAULT-VALUE}).")
  private int patrols;

  @Option(names = "--without-node", description = "Leave out the servers of Node.js.")
  private boolean withoutNode;

  @Option(
      names = "--profile",
      description = "Tell also where the time of alert-service goes, by layers (Java 25).")
  private boolean profile;

  private final PrintStream out;

  private DeliveryBenchmark(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new DeliveryBenchmark(System.out)).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    MarkdownTable memory =
        new MarkdownTable(
            "server", "KB per idle connection", "connections held", "an alert to all, ms");
    MarkdownTable costs = FanOut.costs();
    if (!withoutNode && NodeServer.areInstalled()) {
      measureNode("ws", WireProtocol.WS, memory, costs);
      measureNode("socket.io", WireProtocol.SOCKET_IO, memory, costs);
    } else {
      out.println("Without ws and socket.io, which need Node.js and npm.\n");
    }
    try (TemporaryFolder workspace = TemporaryFolder.create("delivery");
        AlertServer alert = new AlertServer(workspace.folder())) {
      try (ClientProcesses clients = new ClientProcesses(alert)) {
        FanOut fanOut = new FanOut(alert, clients);
        String idle = measure(fanOut, costs);
        fanOut.measure(costs, units, 1, singles, true);
        out.printf("A frame has %d bytes.%n%n%s%n", ExamAlerts.frame(1).length(), costs);
        if (profile) {
          out.println(profile(alert, fanOut, workspace.folder()));
        }
        out.println(catchUp(fanOut));
        hold(alert, fanOut, idle, memory);
        out.println(memory);
      }
      out.println(
          new Timing(rate, patrols, warmUp, seconds).measure(alert.running(), workspace.folder()));
    }
    return 0;
  }

  private void measureNode(
      String name, WireProtocol protocol, MarkdownTable memory, MarkdownTable costs)
      throws IOException {
    try (Server server = new NodeServer(name, protocol);
        ClientProcesses clients = new ClientProcesses(server)) {
      FanOut fanOut = new FanOut(server, clients);
      hold(server, fanOut, measure(fanOut, costs), memory);
    }
  }

  /** Answers the memory that a connection takes. What is not measured is for the compilers. */
  private String measure(FanOut fanOut, MarkdownTable costs) throws IOException {
    double bytes = fanOut.connect(units);
    for (int i = 0; i < singles; i++) {
      long unused = fanOut.raise(1);
    }
    fanOut.measure(costs, units, 1, singles, false);
    for (int i = 0; i < bursts; i++) {
      long unused = fanOut.raise(burst);
    }
    fanOut.measure(costs, units, burst, bursts, false);
    return String.format(Locale.ROOT, "%.1f", bytes / KILOBYTE);
  }

  private void hold(Server server, FanOut fanOut, String idle, MarkdownTable memory)
      throws IOException {
    double unused = fanOut.connect(held - units);
    long nanos = fanOut.raise(1);
    memory.add(
        server.name(),
        idle,
        String.format(Locale.ROOT, "%,d", held),
        Long.toString(TimeUnit.NANOSECONDS.toMillis(nanos)));
  }

  private MarkdownTable catchUp(FanOut fanOut) throws IOException {
    FanOut.Return back = fanOut.returnAfter(missed);
    MarkdownTable table =
        new MarkdownTable(
            "units that come back at once", "alerts missed", "served after s", "have all after s");
    table.add(
        String.format(Locale.ROOT, "%,d", units),
        Integer.toString(missed),
        String.format(Locale.ROOT, "%.1f", back.served() / 1e9),
        String.format(Locale.ROOT, "%.1f", back.complete() / 1e9));
    return table;
  }

  /** While the same alerts flow again. */
  private MarkdownTable profile(AlertServer alert, FanOut fanOut, Path folder) throws IOException {
    Profile profile = new Profile(LAYERS);
    Path file = folder.resolve("delivery.jfr");
    long end = System.nanoTime() + PROFILED.multipliedBy(2).toNanos();
    Profile.start(alert.running().process().process().pid(), file, PROFILED);
    while (System.nanoTime() < end) {
      long unused = fanOut.raise(1);
    }
    profile.read(file);
    MarkdownTable table = new MarkdownTable("time of alert-service", "one alert at a time");
    profile.shares().forEach((layer, share) -> table.add(layer, "%.0f %%".formatted(100 * share)));
    return table;
  }

  private static Map<String, List<String>> layers() {
    Map<String, List<String>> layers = new LinkedHashMap<>();
    layers.put(
        "the kernel: sockets, waiting",
        List.of("sun.nio.ch.", "java.net.", "io.netty.channel.nio.", "io.netty.channel.epoll."));
    layers.put("Netty, Vert.x", List.of("io.netty.", "io.vertx."));
    layers.put("Quarkus, Mutiny", List.of("io.quarkus.", "io.smallrye."));
    layers.put("Kafka's client", List.of("org.apache.kafka."));
    layers.put("JSON", List.of("com.fasterxml.jackson."));
    layers.put("delivery", List.of("vigie.alert.patrol."));
    layers.put("judging, hotspots, the rest", List.of("vigie.", "org.rocksdb."));
    return layers;
  }
}
