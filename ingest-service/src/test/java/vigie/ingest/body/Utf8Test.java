// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.harness.Seed;
import vigie.ingest.Bodies;
import vigie.ingest.JsonEvents;
import vigie.ingest.event.RecordError;
import vigie.ingest.event.ResultParser;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;

class Utf8Test {

  /** Overlong forms, halves of a surrogate pair, beyond Unicode, and cut off. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "c0af",
        "c1bf",
        "e08080",
        "e09fbf",
        "f0808080",
        "f08fbfbf",
        "eda080",
        "edbfbf",
        "f4908080",
        "f5808080",
        "ff",
        "80",
        "c3",
        "e282",
        "f09f98",
        "c3c3",
        "e2c2ac"
      })
  void whatIsNotUtf8IsRefusedInEveryFormat(String hex) throws Exception {
    byte[] bad = HexFormat.of().parseHex(hex);
    String[] event = JsonEvents.result(new java.util.UUID(1, 2), "s", 50).split("(?<=c-point)", 2);
    byte[] body = Bodies.join(event[0].getBytes(UTF_8), bad, event[1].getBytes(UTF_8));
    assertEquals(event[0].length(), Utf8.fault(body, 0, body.length));

    ResultParser results = new ResultParser();
    for (BodyFormat format : new BodyFormat[] {new JsonFormat(), new CloudEventsFormat(false)}) {
      RequestException refused =
          assertThrows(RequestException.class, () -> Batches.read(format, results, body, 10));
      assertEquals(RequestError.JSON_MALFORMED, refused.error());
    }
    byte[] lines = Bodies.join(body, "\n".getBytes(UTF_8), String.join("", event).getBytes(UTF_8));
    Batch batch = Batches.read(new NdjsonFormat(), results, lines, 10);
    assertEquals(1, batch.accepted().size());
    assertEquals(RecordError.JSON_MALFORMED, batch.rejected().get(0).fault());
  }

  @Test
  void theLibraryFindsTheSameFaults() {
    Random random = new Random(Seed.of(Utf8Test.class));
    byte[] pieces = "az\u00e9\u20ac\ud83d\ude00\u07ff\ud7ff\ue000\uffff".getBytes(UTF_8);
    for (int i = 0; i < 200_000; i++) {
      byte[] text = new byte[random.nextInt(100)];
      for (int at = 0; at < text.length; ) {
        int from = random.nextInt(pieces.length);
        for (int n = random.nextInt(6); n >= 0 && at < text.length && from < pieces.length; n--) {
          text[at++] = pieces[from++];
        }
        if (random.nextInt(20) == 0 && at < text.length) {
          text[at++] = (byte) random.nextInt();
        }
      }
      assertEquals(
          isUtf8(text),
          Utf8.fault(text, 0, text.length) == Utf8.NOWHERE,
          () -> HexFormat.of().formatHex(text));
    }
  }

  @Test
  void aLineEndsAtItsFirstLineFeed() {
    Random random = new Random(Seed.of(Utf8Test.class));
    for (int i = 0; i < 100_000; i++) {
      byte[] text = new byte[random.nextInt(120)];
      random.nextBytes(text);
      if (random.nextBoolean() && text.length > 0) {
        text[random.nextInt(text.length)] = '\n';
      }
      int from = random.nextInt(text.length + 1);
      int end = from;
      boolean ascii = true;
      while (end < text.length && text[end] != '\n') {
        ascii &= text[end++] >= 0;
      }
      int found = Utf8.endOfLine(text, from);
      assertEquals(end, found < 0 ? ~found : found, () -> HexFormat.of().formatHex(text));
      assertTrue(ascii || found < 0, () -> HexFormat.of().formatHex(text));
    }
  }

  private static boolean isUtf8(byte[] text) {
    try {
      var unused = UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
