// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import vigie.warehouse.ArchivedOffsets.Gap;

class ArchivedOffsetsTest {

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "vigie.offset.0", "20",
          "vigie.offset.12", "7",
          "vigie.first-offset.12", "3",
          "vigie.gap.12", "7-9,9-15,40-41",
          "write.format.default", "parquet");

  @Test
  void readingGoesOnBehindTheGapsThatBeginWhereItEnds() {
    assertEquals(15, ArchivedOffsets.pastGaps(PROPERTIES, 12, 7));
    assertEquals(15, ArchivedOffsets.pastGaps(PROPERTIES, 12, 9));
    assertEquals(8, ArchivedOffsets.pastGaps(PROPERTIES, 12, 8));
    assertEquals(20, ArchivedOffsets.pastGaps(PROPERTIES, 0, 20));
  }

  @Test
  void aGapIsAddedToThoseBefore() {
    assertEquals("7-9,9-15,40-41,50-60", added(12, new Gap(50, 60)));
    assertEquals("20-25", added(0, new Gap(20, 25)));
    assertEquals(
        List.of(new Gap(7, 9), new Gap(9, 15), new Gap(40, 41)),
        ArchivedOffsets.gapsIn(PROPERTIES, 12));
  }

  @Test
  void thePartitionsAreThoseWithANextOffset() {
    assertEquals(
        Set.of(0, 12), ArchivedOffsets.partitionsIn(PROPERTIES).collect(Collectors.toSet()));
  }

  private static String added(int partition, Gap gap) {
    return ArchivedOffsets.withGap(PROPERTIES, partition, gap);
  }
}
