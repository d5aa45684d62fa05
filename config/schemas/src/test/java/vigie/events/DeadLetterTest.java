// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

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
  }

  @Test
  void aRecordThatWouldNotFitStaysWhereItIs() {
    ProducerRecord<byte[], byte[]> letter = letter(new byte[1024 * 1024]);
    assertNull(letter.value());
    assertEquals("1048576", header(letter, "omitted-bytes"));
  }

  private static ProducerRecord<byte[], byte[]> letter(byte[] value) {
    return DeadLetter.of(
        new ConsumerRecord<>("vigie.results", 2, 77, "s1".getBytes(UTF_8), value), "because");
  }

  private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }
}
