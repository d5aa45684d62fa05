// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vigie.events.EventCodec;
import vigie.events.EventId;
import vigie.ingest.JsonEvents;
import vigie.ingest.body.Batch;
import vigie.ingest.body.Batches;

/** Under which ids events are stored. */
class EventIdsTest {

  private static final UUID ID = UUID.fromString("5810d60e-a729-41b9-a8c1-47437abec539");

  static Stream<String> golden() throws IOException {
    try (InputStream in = EventCodec.class.getResourceAsStream("golden/event-ids.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
    }
  }

  /** Made by a program of another language, from the definition. */
  @ParameterizedTest
  @MethodSource("golden")
  void anEventHasItsGoldenId(String line) throws Exception {
    String[] parts = line.split(" ", 3);
    EventParser parser = parts[0].equals("results") ? new ResultParser() : new ActivityParser();
    assertEquals(UUID.fromString(parts[1]), id(parser, parts[2]));
  }

  @Test
  void noStudentCanTakeAnothersId() throws Exception {
    UUID one = id(new ResultParser(), JsonEvents.result(ID, "s-1", 50));
    UUID other = id(new ResultParser(), JsonEvents.result(ID, "s-2", 50));
    assertNotEquals(one, other);
    assertNotEquals(ID, one);
    assertNotEquals(one, id(new ResultParser(), JsonEvents.result(one, "s-1", 50)));
  }

  /** The reader works in memory that it uses again. */
  @Test
  void whatWasReadBeforeChangesNoId() throws Exception {
    Random random = new Random(1);
    ResultParser parser = new ResultParser();
    for (int i = 0; i < 1_000; i++) {
      UUID given = new UUID(random.nextLong(), random.nextLong());
      String student = "s".repeat(1 + random.nextInt(128));
      assertEquals(EventId.of(student, given), id(parser, JsonEvents.result(given, student, 50)));
    }
  }

  private static UUID id(EventParser parser, String event) throws Exception {
    Batch batch = Batches.json(parser, event);
    assertEquals(1, batch.accepted().size(), () -> event + batch.rejected());
    return batch.accepted().get(0).id();
  }
}
