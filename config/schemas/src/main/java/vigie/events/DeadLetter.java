// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** A record that is no event, on its way to where such records are kept. */
public final class DeadLetter {

  /** Where they are kept. */
  public static final String TOPIC = "vigie.dead-letters";

  private DeadLetter() {}

  /** {@code record} as it is, in {@link DeadLetterFormat}, with why it is no event. */
  public static ProducerRecord<byte[], byte[]> of(
      ConsumerRecord<byte[], byte[]> record, String reason) {
    byte[] value = record.value();
    boolean fits = value == null || value.length <= DeadLetterFormat.LARGEST_VALUE;
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(TOPIC, record.key(), fits ? value : null);
    add(letter.headers(), DeadLetterFormat.TOPIC, record.topic());
    add(letter.headers(), DeadLetterFormat.PARTITION, record.partition());
    add(letter.headers(), DeadLetterFormat.OFFSET, record.offset());
    add(letter.headers(), DeadLetterFormat.REASON, reason);
    if (!fits) {
      add(letter.headers(), DeadLetterFormat.OMITTED_BYTES, value.length);
    }
    return letter;
  }

  private static void add(Headers headers, String name, Object value) {
    headers.add(name, value.toString().getBytes(UTF_8));
  }
}
