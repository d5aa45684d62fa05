// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import vigie.events.EventCodec;

class GoldenEventTest {

  @Test
  void theGoldenResultBecomesTheGoldenBytes() throws Exception {
    assertGolden("ExerciseResult", "g02-0041", new ResultReader());
  }

  @Test
  void theGoldenActivityBecomesTheGoldenBytes() throws Exception {
    assertGolden("UserActivity", "g01-0016", new ActivityReader());
  }

  /**
   * The golden receivedAt is the tests' clock; the one in the JSON is ignored, like any sender's.
   */
  private static void assertGolden(String name, String studentId, EventReader reader)
      throws Exception {
    Batch batch = Batches.json(reader, text(name + ".json"));

    assertEquals(1, batch.accepted().size(), batch.rejected()::toString);
    assertEquals(studentId, new String(batch.accepted().get(0).key(), StandardCharsets.UTF_8));
    assertArrayEquals(
        HexFormat.of().parseHex(text(name + ".hex").strip()), batch.accepted().get(0).value());
  }

  private static String text(String name) throws IOException {
    try (InputStream in = EventCodec.class.getResourceAsStream("golden/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
