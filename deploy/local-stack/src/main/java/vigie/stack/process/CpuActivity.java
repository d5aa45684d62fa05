// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Whether a process still works at its start. A busy machine makes a start late, not wrong: so what
 * counts is the processor time that the process gets. One that only waits and polls gets hardly
 * any. For use by one thread.
 */
final class CpuActivity implements BooleanSupplier {

  /** More than an idle JVM uses in the same time, less than one that starts on a busy machine. */
  private static final int LEAST_PERCENT = 2;

  private final Supplier<Duration> processorTime;
  private final Duration period;
  private Duration before;
  private long began;

  /**
   * @param processorTime what the process has used so far
   * @param period the process is given up when it has hardly worked for so long
   */
  CpuActivity(Supplier<Duration> processorTime, Duration period) {
    this.processorTime = processorTime;
    this.period = period;
    this.before = processorTime.get();
    this.began = System.nanoTime();
  }

  @Override
  public boolean getAsBoolean() {
    if (System.nanoTime() - began < period.toNanos()) {
      return true;
    }
    Duration now = processorTime.get();
    boolean works =
        now.minus(before).toNanos() >= Math.max(1, period.toNanos() / 100 * LEAST_PERCENT);
    before = now;
    began = System.nanoTime();
    return works;
  }
}
