// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

  @Test
  void aLetterHoldsTheOriginalBytesAndWhereTheyWere() {
    byte[] value = "poison".getBytes(UTF_8);
    ProducerRecord<byte[], byte[]> letter = letter(value);
    assertArrayEquals(value, letter.value());
    assertEquals("vigie.results", header(letter, "topic"));
    assertEquals("2", header(letter, "partition"));
    assertEquals("77", header(letter, "offset"));
    assertEquals("because", header(letter, "reason"));
    assertEquals("alert-service", header(letter, "sender"));
  }

  @Test
  void aRecordThatWouldNotFitStaysWhereItIs() {
    ProducerRecord<byte[], byte[]> letter = letter(new byte[1024 * 1024]);
    assertNull(letter.value());
    assertEquals("1048576", header(letter, "omitted-bytes"));
  }

  @Test
  void theArchiveDividesALargeValueAndLeavesNothing() {
    byte[] value = new byte[2_000_000];
    new Random(7).nextBytes(value);
    List<ProducerRecord<byte[], byte[]>> letters =
        DeadLetter.ofArchive(poison(value), 1, "because");
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int part = 0; part < letters.size(); part++) {
      ProducerRecord<byte[], byte[]> letter = letters.get(part);
      assertTrue(letter.value().length <= DeadLetterFormat.LARGEST_VALUE);
      assertEquals("77", header(letter, "offset"));
      assertEquals("1", header(letter, "epoch"));
      assertEquals(Integer.toString(part + 1), header(letter, "part"));
      assertEquals("3", header(letter, "parts"));
      whole.writeBytes(letter.value());
    }
    assertArrayEquals(value, whole.toByteArray());
  }

  @Test
  void theArchiveSendsASmallValueOrNoneAsOneLetter() {
    assertArrayEquals(new byte[3], DeadLetter.ofArchive(poison(new byte[3]), 0, "").get(0).value());
    assertArrayEquals(new byte[0], DeadLetter.ofArchive(poison(new byte[0]), 0, "").get(0).value());
    ProducerRecord<byte[], byte[]> none = DeadLetter.ofArchive(poison(null), 0, "").get(0);
    assertNull(none.value());
    assertNull(none.headers().lastHeader("parts"));
  }

  private static ConsumerRecord<byte[], byte[]> poison(byte[] value) {
    return new ConsumerRecord<>("vigie.results", 2, 77, "s1".getBytes(UTF_8), value);
  }

  private static ProducerRecord<byte[], byte[]> letter(byte[] value) {
    return DeadLetter.of(poison(value), "alert-service", "because");
  }

  private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }
}
