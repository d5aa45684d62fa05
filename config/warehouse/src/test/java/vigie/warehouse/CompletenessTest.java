// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompletenessTest {

  private static final Instant TEN = Instant.parse("2026-11-30T10:00:00.125Z");

  @Test
  void aTableIsAsCompleteAsThePartitionThatIsFurthestBehind() {
    Map<String, String> properties =
        Map.of(
            "vigie.partitions", "2",
            "vigie.complete-until.0", TEN.plusSeconds(60).toString(),
            "vigie.complete-until.1", TEN.toString());
    assertEquals(Optional.of(new Completeness(TEN, 1)), Completeness.in(properties));
  }

  @Test
  void aPartitionWithoutAnInstantMakesTheWholeTableUnknown() {
    Map<String, String> properties = new HashMap<>();
    assertEquals(Optional.empty(), Completeness.in(properties), "an older archive-service");
    properties.put("vigie.partitions", "3");
    properties.put("vigie.complete-until.0", TEN.toString());
    properties.put("vigie.complete-until.1", TEN.toString());
    assertEquals(Optional.empty(), Completeness.in(properties), "a partition was added");
  }

  @Test
  void aSummaryIsReadAsItWasWritten() {
    Completeness written = new Completeness(TEN, 12);
    assertEquals("2026-11-30T10:00:00.125Z 12", written.toString());
    assertEquals(written, Completeness.parse(written.toString()));
  }

  /** Another log begins before what was held of the former one. */
  @Test
  void anInstantOfAFormerLogIsNoneOfTheNextOne() {
    Map<String, String> properties =
        Map.of(
            "vigie.partitions", "1",
            "vigie.offset.0", "20",
            "vigie.complete-until.0", TEN.toString());
    assertEquals(Optional.empty(), Completeness.in(FormerLog.acceptLog(properties, 0, 15)));
    assertEquals(Optional.empty(), Completeness.in(FormerLog.acceptTopic(properties, "second")));
  }
}
