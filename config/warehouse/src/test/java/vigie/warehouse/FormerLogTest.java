// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import vigie.warehouse.ArchivedOffsets.Gap;

class FormerLogTest {

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "vigie.topic-id", "first",
          "vigie.offset.0", "20",
          "vigie.leader-epoch.0", "4",
          "vigie.log-behind.0", "15",
          "vigie.offset.12", "17",
          "vigie.gap.12", "7-9,9-15",
          "write.format.default", "parquet");

  @Test
  void anotherTopicBeginsWithNothingAndTheFormerLogsAreRemembered() {
    Map<String, String> changed = FormerLog.acceptTopic(PROPERTIES, "second");
    assertEquals(
        Map.of(
            "vigie.topic-id", "second",
            "vigie.epoch", "1",
            "vigie.former-log.0.0", "0-20",
            "vigie.former-log.12.0", "0-17 without 7-9,9-15",
            "write.format.default", "parquet"),
        changed);
    assertEquals(
        Set.of(
            new FormerLog(0, 0, 0, 20, List.of()),
            new FormerLog(12, 0, 0, 17, List.of(new Gap(7, 9), new Gap(9, 15)))),
        FormerLog.in(changed).collect(Collectors.toSet()));
    assertEquals(1, ArchivedOffsets.epochIn(changed, 12));
    assertEquals(1, ArchivedOffsets.epochIn(changed, 13), "of a partition that is new");
  }

  @Test
  void aLogGoesOnWhereItParted() {
    Map<String, String> changed = FormerLog.acceptLog(PROPERTIES, 0, 15);
    assertEquals(1, ArchivedOffsets.epochIn(changed, 0));
    assertEquals(0, ArchivedOffsets.epochIn(changed, 12));
    assertEquals(15, ArchivedOffsets.beginningIn(changed, 0));
    assertEquals(OptionalLong.of(15), ArchivedOffsets.nextIn(changed, 0));
    assertFalse(changed.containsKey("vigie.log-behind.0"));
    assertFalse(changed.containsKey("vigie.leader-epoch.0"));
    assertEquals("0-20", changed.get("vigie.former-log.0.0"));
  }

  /** Offsets of one epoch are of one log, whatever is accepted in which order. */
  @Test
  void noEpochComesTwice() {
    Map<String, String> changed = FormerLog.acceptLog(PROPERTIES, 0, 15);
    changed = FormerLog.acceptLog(changed, 0, 10);
    changed = FormerLog.acceptTopic(changed, "second");
    changed.put("vigie.offset.0", "3");
    changed.put("vigie.offset.12", "0");
    changed = FormerLog.acceptLog(changed, 12, 0);
    changed = FormerLog.acceptTopic(changed, "third");
    List<FormerLog> logs = FormerLog.in(changed).toList();
    Set<List<Integer>> epochs = new HashSet<>();
    logs.forEach(log -> epochs.add(List.of(log.partition(), log.epoch())));
    assertEquals(
        Set.of(
            List.of(0, 0),
            List.of(0, 1),
            List.of(0, 2),
            List.of(0, 3),
            List.of(12, 0),
            List.of(12, 3),
            List.of(12, 4)),
        epochs);
    assertEquals(5, ArchivedOffsets.epochIn(changed, 0));
  }
}
