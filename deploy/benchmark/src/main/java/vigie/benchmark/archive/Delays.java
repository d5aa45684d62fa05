// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.archive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.Producer;
import vigie.benchmark.ResultStream;

/** How long after Kafka has acknowledged results a reader of a table sees them. */
final class Delays {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final int SIGNIFICANT_DIGITS = 3;

  /** So many results were acknowledged, or visible, at this instant. */
  private record Mark(long results, long nanos) {}

  private final ArchiveEnvironment environment;
  private final long before;

  /**
   * @param before results that both tables hold already
   */
  Delays(ArchiveEnvironment environment, long before) {
    this.environment = environment;
    this.before = before;
  }

  /**
   * Sends results at a steady pace, and watches each table meanwhile.
   *
   * @return milliseconds for each hundred milliseconds of results, in the order of the sinks
   */
  List<Histogram> measure(ResultStream exam, int perSecond, Duration length)
      throws InterruptedException, ExecutionException {
    long ticks = length.dividedBy(TICK);
    long perTick = perSecond / Duration.ofSeconds(1).dividedBy(TICK);
    long all = before + ticks * perTick;
    ExecutorService watchers = Executors.newCachedThreadPool();
    try (Producer<byte[], byte[]> producer = ResultStream.producer(environment.kafka())) {
      List<Future<List<Mark>>> watching =
          environment.sinks().stream()
              .map(sink -> watchers.submit(() -> watch(sink, all)))
              .toList();
      ConcurrentLinkedQueue<Mark> acknowledged = new ConcurrentLinkedQueue<>();
      long next = System.nanoTime();
      for (long tick = 1; tick <= ticks; tick++) {
        exam.send(producer, perTick);
        acknowledged.add(new Mark(before + tick * perTick, System.nanoTime()));
        next += TICK.toNanos();
        Thread.sleep(Math.max(0, Duration.ofNanos(next - System.nanoTime()).toMillis()));
      }
      List<Histogram> delays = new ArrayList<>();
      for (Future<List<Mark>> watched : watching) {
        delays.add(delays(List.copyOf(acknowledged), watched.get()));
      }
      return delays;
    } finally {
      watchers.shutdownNow();
    }
  }

  private List<Mark> watch(SinkUnderTest sink, long all) throws InterruptedException {
    List<Mark> seen = new ArrayList<>();
    long rows;
    do {
      rows = environment.tables().extent(sink.table()).rows();
      seen.add(new Mark(rows, System.nanoTime()));
      Thread.sleep(POLL_INTERVAL.toMillis());
    } while (rows < all);
    return seen;
  }

  private static Histogram delays(List<Mark> acknowledged, List<Mark> visible) {
    Histogram delays = new Histogram(SIGNIFICANT_DIGITS);
    for (Mark mark : acknowledged) {
      Mark seen =
          visible.stream()
              .filter(one -> one.results() >= mark.results())
              .min(Comparator.comparingLong(Mark::nanos))
              .orElseThrow();
      delays.recordValue(Duration.ofNanos(seen.nanos() - mark.nanos()).toMillis());
    }
    return delays;
  }
}
