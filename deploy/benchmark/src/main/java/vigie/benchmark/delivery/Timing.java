// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import vigie.benchmark.RunningAlert;
import vigie.benchmark.Scrape;
import vigie.command.MarkdownTable;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ServiceProcess;
import vigie.stack.workspace.StackFolder;

/** How long it takes from the answer to a laptop until the units of the area have the alert. */
final class Timing {

  private static final int DIGITS = 3;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration AFTERWARDS = Duration.ofSeconds(3);

  private record Arrival(int alert, long nanos) {}

  private final int rate;
  private final int units;
  private final int warmUp;
  private final int all;

  /**
   * @param rate results per second
   * @param units of all areas together
   * @param warmUpSeconds how long results are sent before; what is compiled then takes processors
   *     from what is measured
   */
  Timing(int rate, int units, int warmUpSeconds, int seconds) {
    this.rate = rate;
    this.units = units;
    this.warmUp = warmUpSeconds * rate;
    this.all = warmUp + seconds * rate;
  }

  MarkdownTable measure(RunningAlert alert, Path folder) throws IOException, InterruptedException {
    alert.load(
        "exerciseId,threshold\n" + ExamResults.EXERCISE + "," + ExamResults.THRESHOLD + "\n");
    Ports ports = Ports.ephemeral();
    List<Arrival> arrivals = new ArrayList<>();
    try (ServiceProcess ingest = ingest(alert, ports, folder);
        Patrols patrols =
            new Patrols(
                alert.address(),
                WireProtocol.PATROL,
                0,
                (number, nanos) -> arrivals.add(new Arrival(number, nanos)));
        ExamResults results = new ExamResults(ports.of(Port.INGEST), all)) {
      ingest.start();
      ingest.awaitReady();
      long unused = patrols.connect(units, Areas::query, TIMEOUT);
      Scrape before = alert.scrape();
      results.send(rate, warmUp);
      patrols.listen(results::isOver, TIMEOUT.plusSeconds(all / rate));
      long end = System.nanoTime() + AFTERWARDS.toNanos();
      patrols.listen(() -> System.nanoTime() > end, TIMEOUT);
      results.check();
      return table(results, arrivals, alert.scrape().since(before, "vigie_fence_latency_seconds"));
    }
  }

  private static ServiceProcess ingest(RunningAlert alert, Ports ports, Path folder) {
    return ServiceProcess.quarkus(
        Port.INGEST,
        ports,
        new StackFolder(folder.resolve("ingest")),
        Map.of(
            "VIGIE_ACCESS", "open", "KAFKA_BOOTSTRAP_SERVERS", alert.kafka().bootstrapServers()));
  }

  private MarkdownTable table(
      ExamResults results, List<Arrival> arrivals, NavigableMap<Double, Double> fence) {
    Histogram times = new Histogram(TimeUnit.MINUTES.toMicros(1), DIGITS);
    int before = 0;
    for (Arrival arrival : arrivals) {
      if (arrival.alert() >= warmUp) {
        long nanos = arrival.nanos() - results.answeredAt(arrival.alert());
        before += nanos < 0 ? 1 : 0;
        times.recordValue(TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos)));
      }
    }
    int alerts = results.alerts(warmUp, all);
    MarkdownTable table =
        new MarkdownTable(
            "results/s",
            "units",
            "alerts",
            "frames",
            "missing",
            "p50 ms",
            "p99 ms",
            "before the 202",
            "fenced read p50 ms",
            "p99 ms");
    table.add(
        Integer.toString(rate),
        Integer.toString(units),
        String.format(Locale.ROOT, "%,d", alerts),
        String.format(Locale.ROOT, "%,d", times.getTotalCount()),
        Long.toString((long) alerts * units / Areas.COUNT - times.getTotalCount()),
        millis(times.getValueAtPercentile(50)),
        millis(times.getValueAtPercentile(99)),
        String.format(Locale.ROOT, "%.0f %%", 100.0 * before / Math.max(1, arrivals.size())),
        String.format(Locale.ROOT, "%.1f", 1000 * Scrape.quantile(fence, 0.50)),
        String.format(Locale.ROOT, "%.1f", 1000 * Scrape.quantile(fence, 0.99)));
    return table;
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%.1f", micros / 1000.0);
  }
}
