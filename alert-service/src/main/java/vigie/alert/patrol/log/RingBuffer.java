// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vigie.alert.patrol.protocol.LogEntry;

/**
 * The newest entries of one lane, at most {@code capacity}. One thread appends, any thread reads.
 */
final class RingBuffer {

  private final LogEntry[] slots;
  private int oldest;
  private int size;

  /** Every entry from this offset to {@code next} is here. */
  private long first;

  private long next;

  RingBuffer(int capacity, long start) {
    this.slots = new LogEntry[capacity];
    this.first = start;
    this.next = start;
  }

  /**
   * Takes over the record at {@code offset}, which may be no entry. Answers whether it follows what
   * is here; where it does not, the lane has begun anew, and all that was here is forgotten.
   */
  synchronized boolean append(long offset, Optional<LogEntry> entry) {
    boolean follows = offset >= next;
    if (!follows) {
      size = 0;
      first = offset;
    }
    next = offset + 1;
    entry.ifPresent(this::push);
    return follows;
  }

  /** The entries from {@code offset} on, or nothing when older ones are needed than are here. */
  synchronized Optional<PartitionPage> read(long offset, int max) {
    if (offset < first) {
      return Optional.empty();
    }
    List<LogEntry> entries = new ArrayList<>();
    int index = firstIndexFrom(offset);
    while (index < size && entries.size() < max) {
      entries.add(slot(index++));
    }
    long after = index < size ? slot(index - 1).offset() + 1 : Math.max(offset, next);
    return Optional.of(new PartitionPage(entries, after));
  }

  /** How far {@code offset} is behind what is here; 0 when it is not. */
  synchronized long missing(long offset) {
    return Math.max(0, first - offset);
  }

  synchronized long next() {
    return next;
  }

  private void push(LogEntry entry) {
    if (size == slots.length) {
      first = slot(0).offset() + 1;
      oldest = (oldest + 1) % slots.length;
      size--;
    }
    slots[(oldest + size++) % slots.length] = entry;
  }

  private int firstIndexFrom(long offset) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (slot(middle).offset() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private LogEntry slot(int index) {
    return slots[(oldest + index) % slots.length];
  }
}
