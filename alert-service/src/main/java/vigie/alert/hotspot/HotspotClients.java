// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import vigie.alert.AlertConfig;
import vigie.alert.kafka.KafkaClients;
import vigie.alert.kafka.LoopMetrics;
import vigie.service.ClockStepListener;
import vigie.service.kafka.RenewableAdmin;
import vigie.service.kafka.StallDetector;
import vigie.service.kafka.StallReason;
import vigie.service.kafka.StalledPartitions;

/**
 * The clients of Kafka Streams. A stream thread commits, punctuates and polls by the wall clock,
 * and has its clients for life; so when the clock was set back, the thread has to be replaced. Its
 * consumer is woken up: the poll ends at once and fails, whatever it waits for, and {@link
 * HotspotStreams} has a thread that fails replaced.
 *
 * <p>A consumer reports which partitions the thread cannot fetch or append to. Streams assigns
 * partitions to the instances that hold their state, so the thread keeps them.
 */
@Singleton
class HotspotClients implements KafkaClientSupplier, ClockStepListener {

  static final String LOOP = "hotspots";

  private final Function<String, StallDetector> detectors;
  private final StalledPartitions stalledPartitions = new StalledPartitions(LOOP);
  private final Set<MainConsumer> open = ConcurrentHashMap.newKeySet();
  private final Set<RenewableAdmin> admins = ConcurrentHashMap.newKeySet();

  @Inject
  HotspotClients(KafkaClients kafka, AlertConfig config, MeterRegistry metrics) {
    this(
        application ->
            kafka.stallDetector(
                Optional.empty(), HotspotTopology.outputs(application), config.stallTimeout()));
    LoopMetrics.register(LOOP, stalledPartitions, metrics);
  }

  /**
   * @param detectors makes one for a consumer of the application with that id
   */
  HotspotClients(Function<String, StallDetector> detectors) {
    this.detectors = detectors;
  }

  /** Which partitions the counting waits for, and why. */
  Optional<String> notReadyReason() {
    return stalledPartitions.reason();
  }

  @Override
  public void clockSteppedBack(Duration step) {
    admins.forEach(RenewableAdmin::renew);
    open.forEach(MainConsumer::wakeup);
  }

  /** Streams has one for all its threads. */
  @Override
  public Admin getAdmin(Map<String, Object> config) {
    RenewableAdmin admin = new RenewableAdmin(() -> Admin.create(config));
    admins.add(admin);
    return admin.forwarding();
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    MainConsumer consumer = new MainConsumer(config);
    open.add(consumer);
    return consumer;
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return getRestoreConsumer(config);
  }

  /** Reports its stalls. It is woken up only while it is open. */
  private final class MainConsumer extends KafkaConsumer<byte[], byte[]> {

    private final StallDetector stalls;
    private boolean closing;

    MainConsumer(Map<String, Object> config) {
      super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      stalls = detectors.apply("" + config.get(ConsumerConfig.GROUP_ID_CONFIG));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
      stalledPartitions.report(StallReason.NO_FETCH, stalls.update(this, records));
      stalledPartitions.report(StallReason.NO_APPEND, stalls.unappendable());
      return records;
    }

    @Override
    public synchronized void wakeup() {
      if (!closing) {
        super.wakeup();
      }
    }

    private synchronized void leave() {
      closing = true;
      open.remove(this);
      stalledPartitions.clear();
    }

    @Override
    public void close() {
      leave();
      super.close();
    }

    @Deprecated
    @Override
    public void close(Duration timeout) {
      leave();
      super.close(timeout);
    }

    @Override
    public void close(CloseOptions options) {
      leave();
      super.close(options);
    }
  }
}
