// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.ingest.JsonEvents;
import vigie.ingest.event.RecordError;
import vigie.ingest.event.ResultParser;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;

class BodyFormatTest {

  private static final String GOOD = JsonEvents.result(UUID.randomUUID(), "s", 50);
  private static final String BAD = JsonEvents.result(UUID.randomUUID(), "s", 500);

  private final ResultParser results = new ResultParser();

  @Test
  void indexesAreThoseOfTheRequest() throws Exception {
    Batch array = Batches.json(results, "[" + String.join(",", BAD, GOOD, "7", GOOD, "[{}]") + "]");
    assertEquals(2, array.accepted().size());
    assertEquals(List.of(0, 2, 4), array.rejected().stream().map(r -> r.index()).toList());
  }

  @Test
  void blankLinesDoNotCountAndAMalformedLineIsOneRejection() throws Exception {
    Batch lines =
        Batches.ndjson(results, "\n" + GOOD + "\r\n \t\n{\"a\"\n" + GOOD + GOOD + "\n" + GOOD);
    assertEquals(2, lines.accepted().size());
    assertEquals(List.of(1, 2), lines.rejected().stream().map(r -> r.index()).toList());
    lines.rejected().forEach(r -> assertEquals(RecordError.JSON_MALFORMED, r.fault()));
  }

  @Test
  void anEmptyBatchIsNoFault() throws Exception {
    assertEquals(new Batch(List.of(), List.of()), Batches.json(results, "[]"));
    assertEquals(new Batch(List.of(), List.of()), Batches.ndjson(results, "\n\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "[{}", "[{}]]", "{} {}", "[NaN]", "nul", "[{\"a\":01}]"})
  void aSyntaxErrorRefusesTheWholeRequest(String body) {
    assertRefused(RequestError.JSON_MALFORMED, body.getBytes(ISO_8859_1));
  }

  @Test
  void jsonIsUtf8() {
    assertRefused(RequestError.JSON_MALFORMED, GOOD.getBytes(UTF_16));
    assertRefused(RequestError.JSON_MALFORMED, "[{\"studentId\":\"\u00e9\"}]".getBytes(ISO_8859_1));
  }

  @Test
  void depthIsBounded() {
    assertRefused(RequestError.JSON_MALFORMED, ("[{\"x\":" + "[".repeat(100)).getBytes(ISO_8859_1));
  }

  @Test
  void theNumberOfRecordsIsBounded() {
    RequestException refused =
        assertThrows(
            RequestException.class,
            () -> Batches.read(new JsonFormat(), results, "[1,1,1]".getBytes(ISO_8859_1), 2));
    assertEquals(RequestError.TOO_MANY_RECORDS, refused.error());
  }

  private void assertRefused(RequestError error, byte[] body) {
    RequestException refused =
        assertThrows(
            RequestException.class, () -> Batches.read(new JsonFormat(), results, body, 1_000));
    assertEquals(error, refused.error());
  }
}
