// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vigie.alert.patrol.protocol.LazyJson;
import vigie.alert.patrol.protocol.LogEntry;
import vigie.alert.patrol.protocol.Position;

class LogPageTest {

  private static final UUID ALERT = new UUID(0, 1);
  private static final PartitionPage FIRST = run(0, 9, 1, 4, 7);
  private static final PartitionPage SECOND = run(1, 3, 2, 3);

  @Test
  void theOldestEntriesComeFirst() {
    LogPage page = LogPage.merge(List.of(FIRST, SECOND), Position.EARLIEST, 9);
    assertEquals(List.of(1L, 2L, 3L, 4L, 7L), seconds(page));
    assertEquals(Position.of(9, 3), page.next());
  }

  @Test
  void whatDidNotFitComesNextTime() {
    LogPage page = LogPage.merge(List.of(FIRST, SECOND), Position.EARLIEST, 2);
    assertEquals(List.of(1L, 2L), seconds(page));
    assertEquals(Position.of(1, 1), page.next());
  }

  @Test
  void anEmptyRunStillMovesThePosition() {
    LogPage page = LogPage.merge(List.of(new PartitionPage(List.of(), 5)), Position.of(2), 9);
    assertEquals(new LogPage(List.of(), Position.of(5)), page);
  }

  /** One entry per given second, at the offsets 0, 1, 2, … */
  private static PartitionPage run(int lane, long next, long... seconds) {
    LogEntry[] entries = new LogEntry[seconds.length];
    for (int i = 0; i < seconds.length; i++) {
      entries[i] =
          new LogEntry(
              lane,
              i,
              Instant.ofEpochSecond(seconds[i]),
              ALERT,
              45,
              4,
              false,
              "alert",
              new LazyJson(() -> ""));
    }
    return new PartitionPage(Arrays.asList(entries), next);
  }

  private static List<Long> seconds(LogPage page) {
    return page.entries().stream().map(entry -> entry.at().getEpochSecond()).toList();
  }
}
