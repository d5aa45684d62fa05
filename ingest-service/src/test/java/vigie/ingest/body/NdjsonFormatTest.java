// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vigie.ingest.JsonEvents;
import vigie.ingest.event.ResultParser;

/** However one line is damaged, the others are read as if each stood alone. */
class NdjsonFormatTest {

  private static final String[] SCRAPS = {
    "{", "}", "[", "]", ",", ":", "\"", "\n", "\n\n", "\r\n", " ", "\t", "1", "null", "{}", "\0",
    "é"
  };

  private final ResultParser results = new ResultParser();

  @Test
  void linesReadTogetherAreReadAsEachAlone() throws Exception {
    for (int seed = 0; seed < 3_000; seed++) {
      assertReadAsEachAlone(damaged(new Random(seed)), seed);
    }
  }

  private void assertReadAsEachAlone(String body, int seed) throws Exception {
    List<String> together = describe(Batches.ndjson(results, body));

    List<String> alone = new ArrayList<>();
    for (String line : body.split("\n", -1)) {
      alone.addAll(describe(Batches.ndjson(results, line)));
    }
    assertEquals(
        alone.stream().sorted().toList(),
        together.stream().sorted().toList(),
        () -> "seed " + seed + ": " + body);
  }

  /** Good lines with scraps of JSON put in, and pieces cut out, at random places. */
  private static String damaged(Random random) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      UUID id = new UUID(random.nextLong(), random.nextLong());
      body.append(JsonEvents.result(id, "s" + i, random.nextInt(120))).append('\n');
    }
    for (int damages = random.nextInt(6); damages > 0; damages--) {
      int at = random.nextInt(body.length());
      if (random.nextBoolean()) {
        body.insert(at, SCRAPS[random.nextInt(SCRAPS.length)]);
      } else {
        body.delete(at, at + 1 + random.nextInt(8));
      }
    }
    return body.toString();
  }

  private static List<String> describe(Batch batch) {
    return Stream.concat(
            batch.accepted().stream().map(event -> new String(event.value(), ISO_8859_1)),
            batch.rejected().stream().map(r -> r.id() + " " + r.fault()))
        .toList();
  }
}
