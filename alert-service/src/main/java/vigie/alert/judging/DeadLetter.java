// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.judging;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import vigie.alert.kafka.Topics;

/** A poisonous record on its way to {@code vigie.dead-letters}. */
final class DeadLetter {

  /**
   * A value above this size would not fit into a record again together with the headers. It is then
   * left where it is, and the headers say where and how large.
   */
  private static final int LARGEST_VALUE = 900 * 1024;

  private DeadLetter() {}

  static ProducerRecord<byte[], byte[]> of(Batch.Poison poison) {
    ConsumerRecord<byte[], byte[]> record = poison.record();
    boolean fits = record.value() == null || record.value().length <= LARGEST_VALUE;
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(Topics.DEAD_LETTERS, record.key(), fits ? record.value() : null);
    add(letter.headers(), "topic", record.topic());
    add(letter.headers(), "partition", record.partition());
    add(letter.headers(), "offset", record.offset());
    add(letter.headers(), "reason", poison.reason());
    if (!fits) {
      add(letter.headers(), "omitted-bytes", record.value().length);
    }
    return letter;
  }

  private static void add(Headers headers, String name, Object value) {
    headers.add(name, value.toString().getBytes(UTF_8));
  }
}
