// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.delivery;

import java.io.IOException;
import java.util.Locale;
import vigie.benchmark.ProcessCost;
import vigie.command.MarkdownTable;

/** What it costs one server to hold many units, and to bring each alert to each of them. */
final class FanOut {

  /**
   * How long it took all units that came back at once, nanoseconds.
   *
   * @param served until they were greeted
   * @param complete until they had all alerts that they had missed
   */
  record Return(long served, long complete) {}

  private final Server server;
  private final ClientProcesses clients;
  private int raised;

  FanOut(Server server, ClientProcesses clients) {
    this.server = server;
    this.clients = clients;
  }

  static MarkdownTable costs() {
    return new MarkdownTable(
        "server", "alerts at once", "frames/s", "frames per CPU-second", "of it the compiler's");
  }

  /** Connects {@code more} units; answers what each added to the resident memory, bytes. */
  double connect(int more) throws IOException {
    server.collect();
    long before = server.cost().residentBytes();
    long unused = clients.connect(more, "?cursor=latest");
    server.collect();
    return (double) (server.cost().residentBytes() - before) / more;
  }

  /** Raises {@code count} alerts at once; answers how long it took until all units had them. */
  long raise(int count) throws IOException {
    clients.expect(raised, raised + count);
    long start = System.nanoTime();
    server.raise(raised, raised + count);
    raised += count;
    return clients.done() - start;
  }

  /** Ends all connections, raises {@code count} alerts, and has all units come back. */
  Return returnAfter(int count) throws IOException {
    clients.acknowledge();
    clients.part();
    int first = raised;
    server.raise(first, first + count);
    raised += count;
    long start = System.nanoTime();
    long served = clients.connect(0, "");
    clients.expect(first, raised);
    return new Return(served - start, clients.done() - start);
  }

  /**
   * Raises {@code count} alerts at once, {@code times} times, each when all units had the last.
   *
   * @param acknowledged whether each unit acknowledges each time; else each 64 alerts
   */
  void measure(MarkdownTable table, int units, int count, int times, boolean acknowledged)
      throws IOException {
    ProcessCost.Account before = server.cost().account();
    long nanos = 0;
    for (int i = 0; i < times; i++) {
      nanos += raise(count);
      if (acknowledged) {
        clients.acknowledge();
      }
    }
    ProcessCost.Account cost = server.cost().account().since(before);
    double frames = (double) units * count * times;
    table.add(
        server.name(),
        count + (acknowledged ? ", acknowledged" : ""),
        String.format(Locale.ROOT, "%,.0f", frames * 1e9 / nanos),
        String.format(Locale.ROOT, "%,.0f", frames * 1e9 / cost.cpu().toNanos()),
        String.format(Locale.ROOT, "%.0f %%", 100 * cost.compilerShare()));
  }
}
