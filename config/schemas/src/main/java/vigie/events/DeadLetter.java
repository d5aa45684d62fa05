// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** A record that is no event, on its way to where such records are kept. */
public final class DeadLetter {

  /** Where they are kept. */
  public static final String TOPIC = "vigie.dead-letters";

  /** Bytes of a value that a letter has however long its key is. */
  private static final int SMALLEST_PART = 64 * 1024;

  private DeadLetter() {}

  /** The letters in whose stead the archive has no row: more than one for a large value. */
  public static List<ProducerRecord<byte[], byte[]>> ofArchive(
      ConsumerRecord<byte[], byte[]> record, int epoch, String reason) {
    byte[] value = record.value();
    int keyBytes = record.key() == null ? 0 : record.key().length;
    int most = Math.max(SMALLEST_PART, DeadLetterFormat.LARGEST_VALUE - keyBytes);
    int parts = value == null ? 1 : Math.max(1, (value.length + most - 1) / most);
    List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      byte[] some =
          parts == 1
              ? value
              : Arrays.copyOfRange(value, part * most, Math.min(value.length, (part + 1) * most));
      ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(TOPIC, record.key(), some);
      describe(letter, record, DeadLetterFormat.ARCHIVE, reason);
      add(letter.headers(), DeadLetterFormat.EPOCH, epoch);
      if (parts > 1) {
        add(letter.headers(), DeadLetterFormat.PART, part + 1);
        add(letter.headers(), DeadLetterFormat.PARTS, parts);
      }
      letters.add(letter);
    }
    return letters;
  }

  /** {@code record} as it is, in {@link DeadLetterFormat}, with who found it no event, and why. */
  public static ProducerRecord<byte[], byte[]> of(
      ConsumerRecord<byte[], byte[]> record, String sender, String reason) {
    byte[] value = record.value();
    boolean fits = value == null || value.length <= DeadLetterFormat.LARGEST_VALUE;
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(TOPIC, record.key(), fits ? value : null);
    describe(letter, record, sender, reason);
    if (!fits) {
      add(letter.headers(), DeadLetterFormat.OMITTED_BYTES, value.length);
    }
    return letter;
  }

  private static void describe(
      ProducerRecord<byte[], byte[]> letter,
      ConsumerRecord<byte[], byte[]> record,
      String sender,
      String reason) {
    add(letter.headers(), DeadLetterFormat.TOPIC, record.topic());
    add(letter.headers(), DeadLetterFormat.PARTITION, record.partition());
    add(letter.headers(), DeadLetterFormat.OFFSET, record.offset());
    add(letter.headers(), DeadLetterFormat.REASON, reason);
    add(letter.headers(), DeadLetterFormat.SENDER, sender);
  }

  private static void add(Headers headers, String name, Object value) {
    headers.add(name, value.toString().getBytes(UTF_8));
  }
}
