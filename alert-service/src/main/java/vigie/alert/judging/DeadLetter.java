// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.judging;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import vigie.alert.kafka.Topics;
import vigie.events.DeadLetterFormat;

/** A poisonous record on its way to {@code vigie.dead-letters}. */
final class DeadLetter {

  private DeadLetter() {}

  static ProducerRecord<byte[], byte[]> of(Batch.Poison poison) {
    ConsumerRecord<byte[], byte[]> record = poison.record();
    boolean fits =
        record.value() == null || record.value().length <= DeadLetterFormat.LARGEST_VALUE;
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(Topics.DEAD_LETTERS, record.key(), fits ? record.value() : null);
    add(letter.headers(), DeadLetterFormat.TOPIC, record.topic());
    add(letter.headers(), DeadLetterFormat.PARTITION, record.partition());
    add(letter.headers(), DeadLetterFormat.OFFSET, record.offset());
    add(letter.headers(), DeadLetterFormat.REASON, poison.reason());
    if (!fits) {
      add(letter.headers(), DeadLetterFormat.OMITTED_BYTES, record.value().length);
    }
    return letter;
  }

  private static void add(Headers headers, String name, Object value) {
    headers.add(name, value.toString().getBytes(UTF_8));
  }
}
