// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many failures all tasks of an instance keep together. They live in the heap that judging
 * needs, too, so there is an end to them. Safe for use by several threads; two that take the last
 * place at once may go beyond it by one.
 */
final class Room {

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  Room(long most) {
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
