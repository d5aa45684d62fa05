// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import vigie.events.DeadLetter;

/**
 * Records that are no event, sent on as they are with a note of where they were and why. They are
 * sent together and acknowledged before the commit that passes them. Each is sent at least once:
 * after a failure a second time, recognisable by topic, epoch, partition and offset.
 */
final class DeadLetters implements AutoCloseable {

  private final Supplier<Producer<byte[], byte[]>> connect;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private Producer<byte[], byte[]> producer;

  /** Connects when the first letter is sent, which on most days is never. */
  DeadLetters(Supplier<Producer<byte[], byte[]>> connect) {
    this.connect = connect;
  }

  /**
   * @param epoch which of its partition's logs the record is of
   */
  void send(ConsumerRecord<byte[], byte[]> record, int epoch, String reason) {
    if (producer == null) {
      producer = connect.get();
    }
    for (ProducerRecord<byte[], byte[]> letter : DeadLetter.ofArchive(record, epoch, reason)) {
      sent.add(producer.send(letter));
    }
  }

  /**
   * A dead letter that was sent again more than once stands for its first row, without its value.
   */
  void sendRepetition(ConsumerRecord<byte[], byte[]> record, int epoch) {
    ConsumerRecord<byte[], byte[]> place =
        new ConsumerRecord<>(
            record.topic(), record.partition(), record.offset(), record.key(), null);
    send(place, epoch, "this dead letter was sent again before");
  }

  /** Returns once Kafka has acknowledged every letter. */
  void awaitAcknowledged() {
    try {
      for (Future<RecordMetadata> letter : sent) {
        letter.get();
      }
      sent.clear();
    } catch (ExecutionException e) {
      throw new KafkaException(DeadLetter.TOPIC + " does not accept a dead letter", e.getCause());
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
}
