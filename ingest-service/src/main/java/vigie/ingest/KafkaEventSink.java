// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A topic of Kafka, written by the one producer that this process has for it. */
final class KafkaEventSink implements EventSink {

  private final Producer<byte[], byte[]> producer;
  private final String topic;

  KafkaEventSink(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /**
   * {@code max.block.ms} is 0, so that a send on an event loop fails rather than waits when the
   * topic's partitions are not known yet or the producer's memory is full.
   */
  @Override
  public CompletionStage<Void> append(List<Outcome.Accepted> events) {
    Delivery delivery = new Delivery();
    for (Outcome.Accepted event : events) {
      if (delivery.hasFailed()) {
        break;
      }
      send(new ProducerRecord<>(topic, event.key(), event.value()), delivery);
    }
    return delivery.allSent();
  }

  private void send(ProducerRecord<byte[], byte[]> record, Delivery delivery) {
    delivery.sending();
    try {
      var unused = producer.send(record, delivery);
    } catch (RuntimeException closedOrFenced) {
      delivery.onCompletion(null, closedOrFenced);
    }
  }
}
