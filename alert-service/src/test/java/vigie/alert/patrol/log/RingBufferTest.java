// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vigie.alert.patrol.protocol.LazyJson;
import vigie.alert.patrol.protocol.LogEntry;

class RingBufferTest {

  private static final UUID ALERT = new UUID(0, 1);

  @Test
  void aFullRingForgetsTheOldestAndSaysSo() {
    RingBuffer ring = new RingBuffer(3, 10);
    for (long offset = 10; offset < 15; offset++) {
      assertTrue(ring.append(offset, Optional.of(entry(offset))));
    }
    assertTrue(ring.read(11, 9).isEmpty());
    assertEquals(List.of(12L, 13L, 14L), offsets(ring.read(12, 9)));
    assertEquals(1, ring.missing(11));
    assertEquals(0, ring.missing(12));
  }

  @Test
  void theEndOfTheRingIsReachedAcrossRecordsThatAreNone() {
    RingBuffer ring = new RingBuffer(3, 0);
    assertTrue(ring.append(0, Optional.of(entry(0))));
    assertTrue(ring.append(5, Optional.empty()));
    assertEquals(new PartitionPage(List.of(), 6), ring.read(1, 9).orElseThrow());
    assertEquals(new PartitionPage(List.of(), 8), ring.read(8, 9).orElseThrow());
  }

  @Test
  void aTopicThatStartsOverReplacesWhatWasKnown() {
    RingBuffer ring = new RingBuffer(3, 0);
    assertTrue(ring.append(7, Optional.of(entry(7))));
    assertFalse(ring.append(2, Optional.of(entry(2))));
    assertEquals(List.of(2L), offsets(ring.read(2, 9)));
    assertEquals(3, ring.next());
  }

  @Test
  void readingOnNeverSkipsAndNeverRepeats() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    RingBuffer ring = new RingBuffer(50, 0);
    long offset = 0;
    for (int i = 0; i < 200; i++) {
      offset += 1 + random.nextInt(3);
      assertTrue(ring.append(offset, Optional.of(entry(offset))));
    }
    long at = offset + 1 - 60;
    while (ring.read(at, 1).isEmpty()) {
      at++;
    }
    List<Long> all = offsets(ring.read(at, 1000));
    int read = 0;
    while (at <= offset) {
      PartitionPage page = ring.read(at, 1 + random.nextInt(7)).orElseThrow();
      for (LogEntry entry : page.entries()) {
        assertEquals(all.get(read++), entry.offset(), "seed " + seed);
      }
      at = page.next();
    }
    assertEquals(all.size(), read, "seed " + seed);
  }

  private static LogEntry entry(long offset) {
    return new LogEntry(
        0,
        offset,
        Instant.EPOCH.plusSeconds(offset),
        ALERT,
        45,
        4,
        false,
        "alert",
        new LazyJson(() -> ""));
  }

  private static List<Long> offsets(Optional<PartitionPage> page) {
    return page.orElseThrow().entries().stream().map(LogEntry::offset).toList();
  }
}
