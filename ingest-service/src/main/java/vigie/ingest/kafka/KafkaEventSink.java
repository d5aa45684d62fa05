// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.kafka;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import vigie.ingest.event.RecordOutcome;
import vigie.service.kafka.RenewableProducer;

/**
 * A topic of Kafka, written by the one producer that this process has for it. When that refuses
 * records for good it is replaced, and clients send again what it refused.
 */
final class KafkaEventSink implements EventSink {

  private final RenewableProducer producers;
  private final String topic;

  KafkaEventSink(RenewableProducer producers, String topic) {
    this.producers = producers;
    this.topic = topic;
  }

  /**
   * {@code max.block.ms} is 0, so that a send on an event loop fails rather than waits when the
   * topic's partitions are not known yet or the producer's memory is full.
   */
  @Override
  public CompletionStage<Void> append(List<RecordOutcome.Accepted> events) {
    Producer<byte[], byte[]> producer = producers.current();
    AckCollector acks = new AckCollector(failure -> producers.noteFailure(producer, failure));
    for (RecordOutcome.Accepted event : events) {
      if (acks.hasFailed()) {
        break;
      }
      send(producer, new ProducerRecord<>(topic, event.key(), event.value()), acks);
    }
    return acks.allSent();
  }

  private static void send(
      Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record, AckCollector acks) {
    acks.sending();
    try {
      var unused = producer.send(record, acks);
    } catch (RuntimeException closedOrInAFatalState) {
      acks.onCompletion(null, closedOrInAFatalState);
    }
  }
}
