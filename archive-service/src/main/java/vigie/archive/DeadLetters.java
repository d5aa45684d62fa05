// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import vigie.events.DeadLetterFormat;

/**
 * Records that are no event, sent on as they are with a note of where they were and why. Each is
 * sent at least once: after a failure a second time, recognisable by topic, partition and offset.
 */
final class DeadLetters implements AutoCloseable {

  static final String TOPIC = "vigie.dead-letters";

  private final Supplier<Producer<byte[], byte[]>> connect;
  private Producer<byte[], byte[]> producer;

  /** Connects when the first letter is sent, which on most days is never. */
  DeadLetters(Supplier<Producer<byte[], byte[]>> connect) {
    this.connect = connect;
  }

  /** Returns once Kafka has acknowledged the letter. */
  void send(ConsumerRecord<byte[], byte[]> record, String reason) {
    if (producer == null) {
      producer = connect.get();
    }
    try {
      producer.send(letter(record, reason)).get();
    } catch (ExecutionException e) {
      throw new KafkaException("%s does not accept a dead letter".formatted(TOPIC), e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close();
    }
  }

  private static ProducerRecord<byte[], byte[]> letter(
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
