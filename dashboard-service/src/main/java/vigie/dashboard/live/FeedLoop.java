// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import vigie.access.MachineFault;
import vigie.dashboard.DashboardConfig;
import vigie.service.ClockStepListener;
import vigie.service.kafka.AdminProbe;
import vigie.service.kafka.ClusterProbe;
import vigie.service.kafka.Outputs;
import vigie.service.kafka.StallDetector;

/**
 * Reads all partitions of the feed on one thread, in no group. A partition is read from so far
 * before its end that a new viewer sees a short past. A session that fails, or whose clients wait
 * by a wall clock that was set back, is followed by one that goes on where it was.
 */
@Singleton
public class FeedLoop implements ClockStepListener {

  static final List<String> TOPICS = List.of("vigie.alerts", "vigie.deployments", "vigie.hotspots");

  private static final Logger LOG = Logger.getLogger(FeedLoop.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<String, Object> kafka;
  private final FeedReader reader;
  private final int backlog;
  private final Thread thread = new Thread(this::run, "feed");
  private final CountDownLatch stopping = new CountDownLatch(1);

  /** The offsets of the next records; for the thread of the loop only. */
  private final Map<TopicPartition, Long> next = new HashMap<>();

  /** That of the session, as long as it is open. */
  private Consumer<String, byte[]> current;

  private volatile Optional<String> hindrance = Optional.of("not read yet");
  private volatile int stalled;

  FeedLoop(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      FeedReader reader,
      DashboardConfig config,
      MeterRegistry metrics) {
    this.kafka = kafka;
    this.reader = reader;
    this.backlog = config.alertBacklog();
    Gauge.builder("vigie.dashboard.feed.stalled", this, loop -> loop.stalled)
        .description("Partitions of the feed that cannot be fetched though Kafka answers")
        .register(metrics);
  }

  /** Why not all of the feed is read, or nothing when all is. */
  Optional<String> hindrance() {
    return hindrance;
  }

  /** Whether alerts may be in Kafka that this instance cannot fetch. */
  public boolean isStalled() {
    return stalled > 0;
  }

  void start(@Observes StartupEvent start) {
    thread.setDaemon(true);
    thread.start();
  }

  void stop(@Observes ShutdownEvent stop) throws InterruptedException {
    stopping.countDown();
    thread.join(PATIENCE.toMillis());
  }

  /** The poll ends and fails, and the next session has clients that know the clock of now. */
  @Override
  public synchronized void clockSteppedBack(Duration step) {
    if (current != null) {
      current.wakeup();
    }
  }

  private synchronized void current(Consumer<String, byte[]> now) {
    current = now;
  }

  private void run() {
    do {
      try {
        session();
      } catch (RuntimeException e) {
        LOG.debug("The feed could not be read", e);
        hindered(e.toString());
      } catch (Throwable e) {
        if (MachineFault.is(e)) {
          MachineFault.endProcess(e);
        }
        LOG.error("Reading the feed failed and begins again", e);
        hindered(e.toString());
      }
    } while (!stopsWithin(PAUSE));
  }

  /** Ends when a topic gets more partitions; the next session reads those as well. */
  private void session() {
    try (Consumer<String, byte[]> consumer = consumer();
        ClusterProbe probe = probe()) {
      current(consumer);
      Set<TopicPartition> partitions = partitions(consumer);
      consumer.assign(partitions);
      seek(consumer, partitions);
      StallDetector stalls =
          new StallDetector(
              probe, Optional.empty(), Outputs.NONE, stallTimeout(), System::nanoTime);
      while (stopping.getCount() > 0 && partitions(consumer).equals(partitions)) {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        records.forEach(this::take);
        note(stalls.update(consumer, records));
      }
    } finally {
      current(null);
    }
  }

  /** A record that fails here is not read again: it would fail again. */
  private void take(ConsumerRecord<String, byte[]> record) {
    next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    reader.read(record);
  }

  private void note(Set<TopicPartition> stalls) {
    stalled = stalls.size();
    if (stalls.isEmpty()) {
      hindrance = Optional.empty();
    } else {
      hindered(stalls + " cannot be fetched by this instance, though Kafka answers");
    }
  }

  private void hindered(String why) {
    if (!hindrance.equals(Optional.of(why))) {
      LOG.warnf("The feed waits: %s", why);
    }
    hindrance = Optional.of(why);
  }

  /** Where the last session was, if Kafka still has that. */
  private void seek(Consumer<?, ?> consumer, Set<TopicPartition> partitions) {
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    consumer
        .endOffsets(partitions)
        .forEach(
            (partition, end) -> {
              long past = Math.max(beginnings.get(partition), end - backlog);
              long known = next.getOrDefault(partition, past);
              consumer.seek(partition, known > end ? past : Math.max(past, known));
            });
  }

  private static Set<TopicPartition> partitions(Consumer<?, ?> consumer) {
    Set<TopicPartition> all = new HashSet<>();
    for (String topic : TOPICS) {
      List<PartitionInfo> found = consumer.partitionsFor(topic);
      if (found == null || found.isEmpty()) {
        throw new IllegalStateException("Kafka has no topic " + topic);
      }
      found.forEach(one -> all.add(new TopicPartition(topic, one.partition())));
    }
    return all;
  }

  /** A new one for each session; tests have another kind. */
  Consumer<String, byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.keySet().retainAll(ConsumerConfig.configNames());
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "dashboard-feed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, (int) PATIENCE.toMillis());
    // News ends a fetch at once. Without any the broker answers after this time.
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, (int) PAUSE.toMillis());
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** A new one for each session; tests have another kind. */
  ClusterProbe probe() {
    return new AdminProbe(kafka, "dashboard-feed-probe");
  }

  /** Tests have a shorter one. */
  Duration stallTimeout() {
    return StallDetector.TIMEOUT;
  }

  private boolean stopsWithin(Duration pause) {
    try {
      return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
