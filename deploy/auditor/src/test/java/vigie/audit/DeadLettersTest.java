// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.longlong.Roaring64Bitmap;

class DeadLettersTest {

  private final DeadLetters letters = new DeadLetters();

  @Test
  void aLetterOfAnotherServiceStandsForNoRow() {
    letters.add(letter("sender", "alert-service"));
    assertEquals(Roaring64Bitmap.bitmapOf(), letters.of("vigie.results", new LogNumber(3, 0)));
    letters.add(letter("sender", "archive-service"));
    assertEquals(Roaring64Bitmap.bitmapOf(17), letters.of("vigie.results", new LogNumber(3, 0)));
  }

  @Test
  void aLetterOfBeforeIsOfTheArchiveAndOfTheFirstLog() {
    letters.add(letter("reason", "no event"));
    assertEquals(Roaring64Bitmap.bitmapOf(17), letters.of("vigie.results", new LogNumber(3, 0)));
  }

  @Test
  void aLetterStandsForAnOffsetOfItsLogOnly() {
    letters.add(letter("epoch", "1"));
    assertEquals(Roaring64Bitmap.bitmapOf(), letters.of("vigie.results", new LogNumber(3, 0)));
    assertEquals(Roaring64Bitmap.bitmapOf(17), letters.of("vigie.results", new LogNumber(3, 1)));
  }

  private static ConsumerRecord<byte[], byte[]> letter(String header, String value) {
    ConsumerRecord<byte[], byte[]> letter =
        new ConsumerRecord<>("vigie.dead-letters", 0, 0, null, null);
    letter.headers().add("topic", "vigie.results".getBytes(UTF_8));
    letter.headers().add("partition", "3".getBytes(UTF_8));
    letter.headers().add("offset", "17".getBytes(UTF_8));
    letter.headers().add(header, value.getBytes(UTF_8));
    return letter;
  }
}
