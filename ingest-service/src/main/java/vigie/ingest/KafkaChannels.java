// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Channel;

/**
 * The outgoing channels. Their configuration, health checks, metrics and shutdown are used as they
 * are; records go straight to their producers, since a message object for each costs too much.
 */
@Singleton
final class KafkaChannels {

  private final KafkaClientService clients;
  private final Config config;

  /** A channel exists, and with it its producer, because something could emit to it. */
  KafkaChannels(
      KafkaClientService clients,
      Config config,
      @Channel("results") MutinyEmitter<Record<byte[], byte[]>> results,
      @Channel("activity") MutinyEmitter<Record<byte[], byte[]>> activity) {
    this.clients = clients;
    this.config = config;
  }

  EventSink sink(String channel) {
    Producer<byte[], byte[]> producer = clients.<byte[], byte[]>getProducer(channel).unwrap();
    String topic = config.getValue("mp.messaging.outgoing." + channel + ".topic", String.class);
    learnPartitions(producer, topic);
    return new KafkaEventSink(producer, topic);
  }

  /** So that the first event need not fail for want of them. */
  private static void learnPartitions(Producer<byte[], byte[]> producer, String topic) {
    try {
      var unused = producer.partitionsFor(topic);
    } catch (TimeoutException asked) {
      // The question is on its way and the producer repeats it; only the answer is not awaited.
    }
  }
}
