// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What has become of the events so far. Safe for use by several threads. */
final class Tally {

  private final LongAdder sent = new LongAdder();
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final Map<String, Long> rejectedByCode = new TreeMap<>();
  private final Histogram latencyMicros = new ConcurrentHistogram(3);

  void sent(int events) {
    sent.add(events);
  }

  void acknowledged(int events, Duration latency) {
    acknowledged.add(events);
    latencyMicros.recordValue(Math.max(0, latency.toNanos() / 1000));
  }

  void rejected(String code) {
    synchronized (rejectedByCode) {
      rejectedByCode.merge(code, 1L, Long::sum);
    }
  }

  void retried() {
    retries.increment();
  }

  void failed(int events) {
    failed.add(events);
  }

  /** True when each event that was sent has been acknowledged. */
  boolean isComplete() {
    return sent.sum() == acknowledged.sum();
  }

  String summary(Duration elapsed) {
    synchronized (rejectedByCode) {
      long rejected = rejectedByCode.values().stream().mapToLong(Long::longValue).sum();
      return "sent %,d  acknowledged %,d  rejected %,d%s  retries %,d  failed %,d  p50 %s  p99 %s  in %d s"
          .formatted(
              sent.sum(),
              acknowledged.sum(),
              rejected,
              rejectedByCode.isEmpty() ? "" : " " + rejectedByCode,
              retries.sum(),
              failed.sum(),
              millis(50),
              millis(99),
              elapsed.toSeconds());
    }
  }

  private String millis(double percentile) {
    return "%.1f ms".formatted(latencyMicros.getValueAtPercentile(percentile) / 1000.0);
  }
}
