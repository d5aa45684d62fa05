// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vigie.alert.patrol.protocol.LogEntry;
import vigie.alert.patrol.protocol.Members;
import vigie.alert.patrol.protocol.Position;

class SliceTest {

  private static final UUID ALERT = new UUID(0, 1);
  private static final Run FIRST = run(0, 9, 1, 4, 7);
  private static final Run SECOND = run(1, 3, 2, 3);

  @Test
  void theOldestEntriesComeFirst() {
    Slice slice = Slice.merge(List.of(FIRST, SECOND), Position.EARLIEST, 9);
    assertEquals(List.of(1L, 2L, 3L, 4L, 7L), seconds(slice));
    assertEquals(Position.of(9, 3), slice.next());
  }

  @Test
  void whatDidNotFitComesNextTime() {
    Slice slice = Slice.merge(List.of(FIRST, SECOND), Position.EARLIEST, 2);
    assertEquals(List.of(1L, 2L), seconds(slice));
    assertEquals(Position.of(1, 1), slice.next());
  }

  @Test
  void anEmptyRunStillMovesThePosition() {
    Slice slice = Slice.merge(List.of(new Run(List.of(), 5)), Position.of(2), 9);
    assertEquals(new Slice(List.of(), Position.of(5)), slice);
  }

  /** One entry per given second, at the offsets 0, 1, 2, … */
  private static Run run(int lane, long next, long... seconds) {
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
              new Members(() -> ""));
    }
    return new Run(Arrays.asList(entries), next);
  }

  private static List<Long> seconds(Slice slice) {
    return slice.entries().stream().map(entry -> entry.at().getEpochSecond()).toList();
  }
}
