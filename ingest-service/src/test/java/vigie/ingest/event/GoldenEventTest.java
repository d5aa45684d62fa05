// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vigie.events.EventCodec;
import vigie.events.EventId;
import vigie.ingest.body.Batch;
import vigie.ingest.body.Batches;

class GoldenEventTest {

  /** Behind the marker and the schema's fingerprint. */
  private static final int ID = 10;

  @Test
  void theGoldenResultBecomesTheGoldenBytes() throws Exception {
    assertGolden("ExerciseResult", "g02-0041", new ResultParser());
  }

  @Test
  void theGoldenActivityBecomesTheGoldenBytes() throws Exception {
    assertGolden("UserActivity", "g01-0016", new ActivityParser());
  }

  /**
   * The golden receivedAt is the tests' clock; the one in the JSON is ignored, like any sender's.
   * The id is that of the student and the golden one.
   */
  private static void assertGolden(String name, String studentId, EventParser parser)
      throws Exception {
    Batch batch = Batches.json(parser, text(name + ".json"));

    assertEquals(1, batch.accepted().size(), batch.rejected()::toString);
    assertEquals(studentId, new String(batch.accepted().get(0).key(), StandardCharsets.UTF_8));
    byte[] golden = HexFormat.of().parseHex(text(name + ".hex").strip());
    UUID id = EventId.of(studentId, AvroEventWriter.id(golden));
    byte[] bytes =
        ByteBuffer.wrap(golden)
            .putLong(ID, id.getMostSignificantBits())
            .putLong(ID + Long.BYTES, id.getLeastSignificantBits())
            .array();
    assertArrayEquals(bytes, batch.accepted().get(0).value());
  }

  private static String text(String name) throws IOException {
    try (InputStream in = EventCodec.class.getResourceAsStream("golden/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
