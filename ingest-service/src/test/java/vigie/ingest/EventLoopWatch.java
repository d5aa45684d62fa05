// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The longest time that an event loop of a process has worked without a pause. Linux counts for
 * each thread what it computes and how often it waits; an event loop waits between its tasks when
 * nothing is left to do. So no task has taken longer, whatever else the machine has done meanwhile.
 */
final class EventLoopWatch implements AutoCloseable {

  /** Linux keeps fifteen characters of a thread's name. */
  private static final String EVENT_LOOP = "vert.x-eventloo";

  private static final String PAUSES = "voluntary_ctxt_switches:";
  private static final int MILLIS = 5;

  private final Map<Path, Stretch> stretches = new HashMap<>();
  private final Thread thread = new Thread(this::run, "event loop watch");
  private volatile boolean closed;
  private volatile long longestNanos;

  /**
   * @param cpu what the thread had computed when it last waited, in nanoseconds
   */
  private record Stretch(long pauses, long cpu) {}

  EventLoopWatch(long pid) throws IOException {
    List<Path> threads;
    try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      threads = all.toList();
    }
    for (Path each : threads) {
      if (Files.readString(each.resolve("comm")).startsWith(EVENT_LOOP)) {
        stretches.put(each, new Stretch(-1, 0));
      }
    }
    if (stretches.isEmpty()) {
      throw new IOException("Process " + pid + " has no event loop");
    }
    thread.start();
  }

  long longestMillis() {
    return longestNanos / 1_000_000;
  }

  /** What was seen so far does not count. */
  void reset() {
    longestNanos = 0;
  }

  private void run() {
    try {
      while (!closed) {
        for (Map.Entry<Path, Stretch> each : stretches.entrySet()) {
          each.setValue(look(each.getKey(), each.getValue()));
        }
        Thread.sleep(MILLIS);
      }
    } catch (IOException ended) {
      // The process is gone, and with it all that there was to see.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Stretch look(Path thread, Stretch before) throws IOException {
    long pauses =
        Files.readString(thread.resolve("status"))
            .lines()
            .filter(line -> line.startsWith(PAUSES))
            .mapToLong(line -> Long.parseLong(line.substring(PAUSES.length()).strip()))
            .sum();
    long cpu = Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
    if (pauses != before.pauses()) {
      return new Stretch(pauses, cpu);
    }
    longestNanos = Math.max(longestNanos, cpu - before.cpu());
    return before;
  }

  @Override
  public void close() {
    closed = true;
  }
}
