// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.recompute;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Prints how far Spark is with reading rows, when a task ends, at most every two seconds. */
final class ScanProgress extends SparkListener {

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int WIDTH = 30;

  private final PrintStream out;
  private final long rows;
  private final long start = System.nanoTime();
  private long read;
  private long printed = start;

  /**
   * @param rows that are to be read in all
   */
  ScanProgress(PrintStream out, long rows) {
    this.out = out;
    this.rows = rows;
  }

  /** Called by Spark's one thread for listeners. */
  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    if (task.taskMetrics() == null) {
      return;
    }
    read += task.taskMetrics().inputMetrics().recordsRead();
    long now = System.nanoTime();
    if (read > 0 && now - printed >= PAUSE.toNanos()) {
      printed = now;
      out.println(line(read, rows, Duration.ofNanos(now - start)));
    }
  }

  static String line(long read, long rows, Duration time) {
    double part = Math.min(1, (double) read / rows);
    int done = (int) (WIDTH * part);
    double rate = read * 1000.0 / Math.max(1, time.toMillis());
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f %%, %,.0f rows/s, %.0f s left",
        "#".repeat(done),
        "-".repeat(WIDTH - done),
        100 * part,
        rate,
        Math.max(0, rows - read) / rate);
  }
}
