// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import vigie.service.ClockStepListener;
import vigie.service.kafka.AdminProbe;
import vigie.service.kafka.AppendMonitor;
import vigie.service.kafka.ClusterProbe;
import vigie.service.kafka.Outputs;
import vigie.service.kafka.StallDetector;
import vigie.service.kafka.SupervisedLoop;

/** Plain Kafka clients for bytes, configured by whatever {@code kafka.*} says. */
@Singleton
public class KafkaClients implements ClockStepListener {

  private static final int LARGEST_BATCH = 256 * 1024;
  private static final int LINGER_MILLIS = 5;

  /**
   * A loop that writes turns so often at least: then it can leave, and what it read is repeated.
   */
  private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(20);

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  /**
   * A broker whose host is gone answers no fetch, and closes no connection. Only once that fetch
   * has failed does a consumer ask who leads the partition instead: by default after 30 s, in which
   * no alert of it is raised or delivered. A broker answers an idle fetch after half a second.
   */
  private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(5);

  private final Map<String, Object> shared;
  private final AppendMonitor appends = new AppendMonitor(System::nanoTime);

  private AdminProbe probe;

  KafkaClients(@Identifier("default-kafka-broker") Map<String, Object> shared) {
    this.shared = shared;
  }

  /** A consumer in {@code group} that commits only when it is told to. */
  public Consumer<byte[], byte[]> groupConsumer(String group, int maxPollRecords) {
    return consumer(
        Map.of(
            ConsumerConfig.GROUP_ID_CONFIG, group,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords));
  }

  /** A consumer outside any group, for partitions that are assigned to it by hand. */
  public Consumer<byte[], byte[]> freeConsumer() {
    return consumer(Map.of());
  }

  /**
   * A producer whose answer means: all in-sync replicas hold the record. It has one request under
   * way at a time. Were there more, and a broker that is just starting refused the first ever to a
   * partition but took the second, it would take the first no more: nothing would be delivered
   * until that one expires. Records are collected for a moment, until it is flushed.
   */
  public Producer<byte[], byte[]> producer() {
    Map<String, Object> config = sharedFor(ProducerConfig.configNames());
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, LARGEST_BATCH);
    config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_TIMEOUT.toMillis());
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Of the records that all loops send. */
  AppendMonitor appends() {
    return appends;
  }

  /**
   * Detects what a consumer cannot fetch, or what it reads cannot be appended to.
   *
   * @param group of the consumer, if it is in one
   * @param outputs the topics to which what it reads is written
   * @param timeout how long a partition may stall
   */
  public StallDetector stallDetector(
      Optional<String> group, Set<String> outputs, Duration timeout) {
    return new StallDetector(
        probe(), group, new Outputs(outputs, appends), timeout, System::nanoTime);
  }

  /**
   * Guards a loop whose consumer is in {@code group}, for all its sessions.
   *
   * @param outputs the topics to which what it reads is written
   * @param timeout how long a partition may stall
   */
  public StallGuard stallGuard(
      SupervisedLoop loop, String group, Set<String> outputs, Duration timeout) {
    return new StallGuard(
        loop, () -> stallDetector(Optional.of(group), outputs, timeout), timeout, System::nanoTime);
  }

  /** One for all loops: a session that closes it leaves it to the others. */
  public synchronized ClusterProbe probe() {
    if (probe == null) {
      probe = new AdminProbe(shared, "alert-service-probe");
    }
    AdminProbe open = probe;
    return query -> open.view(query);
  }

  @Override
  public synchronized void clockSteppedBack(Duration step) {
    if (probe != null) {
      probe.renew();
    }
  }

  @PreDestroy
  synchronized void close() {
    if (probe != null) {
      probe.close();
    }
  }

  private Consumer<byte[], byte[]> consumer(Map<String, Object> own) {
    Map<String, Object> config = sharedFor(ConsumerConfig.configNames());
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) FETCH_TIMEOUT.toMillis());
    config.putAll(own);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Map<String, Object> sharedFor(Iterable<String> names) {
    Map<String, Object> config = new HashMap<>();
    for (String name : names) {
      Object value = shared.get(name);
      if (value != null) {
        config.put(name, value);
      }
    }
    return config;
  }
}
