// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.kafka;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaProducer;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Channel;
import vigie.service.ClockStepListener;
import vigie.service.kafka.RenewableProducer;

/**
 * The outgoing channels. Their configuration, health checks, metrics and shutdown are used as they
 * are; records go straight to their producers, since a message object for each costs too much.
 */
@Singleton
public final class KafkaChannels implements ClockStepListener {

  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final KafkaClientService clients;
  private final Config config;

  /** Those that are not the framework's, which closes its own. */
  private final List<Producer<byte[], byte[]>> replacements = new CopyOnWriteArrayList<>();

  private final List<RenewableProducer> producers = new CopyOnWriteArrayList<>();

  /** A channel exists, and with it its producer, because something could emit to it. */
  KafkaChannels(
      KafkaClientService clients,
      Config config,
      @Channel("results") MutinyEmitter<Record<byte[], byte[]>> results,
      @Channel("activity") MutinyEmitter<Record<byte[], byte[]>> activity) {
    this.clients = clients;
    this.config = config;
  }

  public EventSink sink(String channel) {
    KafkaProducer<byte[], byte[]> ofChannel = clients.getProducer(channel);
    String topic = config.getValue("mp.messaging.outgoing." + channel + ".topic", String.class);
    learnPartitions(ofChannel.unwrap(), topic);
    RenewableProducer producer =
        new RenewableProducer(
            ofChannel.unwrap(),
            () -> replacement(ofChannel.configuration(), topic),
            task -> new Thread(task, "producer-renewal").start(),
            System::nanoTime);
    producers.add(producer);
    return new KafkaEventSink(producer, topic);
  }

  /** Configured like the channel's own, which the framework makes once. */
  private Producer<byte[], byte[]> replacement(Map<String, ?> configuration, String topic) {
    Map<String, Object> settings = new HashMap<>(configuration);
    settings.keySet().retainAll(ProducerConfig.configNames());
    Producer<byte[], byte[]> producer =
        new org.apache.kafka.clients.producer.KafkaProducer<>(
            settings, new ByteArraySerializer(), new ByteArraySerializer());
    replacements.add(producer);
    learnPartitions(producer, topic);
    return producer;
  }

  /** Clients send again what is in flight. */
  @Override
  public void clockSteppedBack(Duration step) {
    producers.forEach(producer -> producer.renew("the wall clock was set back"));
  }

  @PreDestroy
  void close() {
    replacements.forEach(producer -> producer.close(FAREWELL));
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
