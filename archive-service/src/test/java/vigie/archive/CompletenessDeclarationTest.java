// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import vigie.archive.OffsetLedger.Advance;
import vigie.warehouse.Completeness;

class CompletenessDeclarationTest {

  private static final Instant TEN = Instant.parse("2026-11-30T10:00:00Z");

  private Duration interval = Duration.ofSeconds(5);
  private final Map<String, String> properties =
      new HashMap<>(Map.of("vigie.topic-id", "first", "vigie.offset.0", "10"));

  @Test
  void aPartitionThatIsReadToItsEndIsDeclaredWithTheNumberOfPartitions() {
    Map<String, String> declared = declaration(10, TEN).declaredIn(properties);
    assertEquals("2", declared.get(Completeness.PARTITIONS));
    assertEquals(Optional.of(TEN), Completeness.untilIn(declared, 0));
    assertEquals(Optional.empty(), Completeness.in(declared), "nothing is known of the other one");
  }

  /** What is read and not committed may be lost with this process. */
  @Test
  void whatIsNotCommittedIsNotDeclared() {
    assertEquals(Optional.empty(), declared(declaration(11, TEN), properties));
  }

  /** Also when it slept since it read: the offsets of the very metadata that it replaces count. */
  @Test
  void ofAnotherLogOrTopicNothingIsDeclared() {
    properties.put("vigie.epoch", "1");
    assertEquals(Optional.empty(), declared(declaration(10, TEN), properties));
    properties.remove("vigie.epoch");
    properties.put("vigie.topic-id", "second");
    assertEquals(properties, declaration(10, TEN).declaredIn(properties));
  }

  @Test
  void aStoppedPartitionIsNotDeclaredAndKeepsWhatItHas() {
    properties.put(Completeness.until(0), TEN.toString());
    Map<String, String> declared = declaration(10, Optional.empty()).declaredIn(properties);
    assertEquals(Optional.of(TEN), Completeness.untilIn(declared, 0));
  }

  @Test
  void anIdleTableIsCommittedOnceInThirtySeconds() {
    assertTrue(declaration(10, TEN).isDue(properties), "never declared");
    properties.putAll(declaration(10, TEN).declaredIn(properties));
    assertFalse(declaration(10, TEN).isDue(properties));
    assertFalse(declaration(10, TEN.plusSeconds(29)).isDue(properties));
    assertTrue(declaration(10, TEN.plusSeconds(30)).isDue(properties));
    interval = Duration.ofMinutes(1);
    assertTrue(declaration(10, TEN.plusSeconds(30)).isDue(properties));
    properties.put(Completeness.PARTITIONS, "1");
    assertTrue(declaration(10, TEN).isDue(properties), "a partition was added");
  }

  private static Optional<Instant> declared(
      CompletenessDeclaration declaration, Map<String, String> properties) {
    return Completeness.untilIn(declaration.declaredIn(properties), 0);
  }

  private CompletenessDeclaration declaration(long next, Instant until) {
    return declaration(next, Optional.of(until));
  }

  private CompletenessDeclaration declaration(long next, Optional<Instant> until) {
    return new CompletenessDeclaration(
        "first", 2, Map.of(0, new Advance(0, next, next, OptionalInt.empty(), until)), interval);
  }
}
