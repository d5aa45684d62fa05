// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.start;

import java.util.concurrent.atomic.AtomicBoolean;

/** Threads that take processor time from all others. */
final class BusyLoops implements AutoCloseable {

  private final AtomicBoolean over = new AtomicBoolean();

  private final int count;

  BusyLoops(int count) {
    this.count = count;
    for (int i = 0; i < count; i++) {
      Thread loop = new Thread(this::spin, "busy-" + i);
      loop.setDaemon(true);
      loop.start();
    }
  }

  int count() {
    return count;
  }

  private void spin() {
    while (!over.get()) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    over.set(true);
  }
}
