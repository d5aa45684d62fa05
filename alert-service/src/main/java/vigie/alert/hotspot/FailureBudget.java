// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits how many failures all tasks of an instance keep together, since evaluation needs the same
 * heap. Safe for use by several threads; two that take the last place at once may exceed it by one.
 */
final class FailureBudget {

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  FailureBudget(long most) {
    this.most = most;
  }

  boolean isFull() {
    return taken.get() >= most;
  }

  /**
   * @param failures how many more there are; negative when there are fewer
   */
  void take(long failures) {
    long unused = taken.addAndGet(failures);
  }
}
