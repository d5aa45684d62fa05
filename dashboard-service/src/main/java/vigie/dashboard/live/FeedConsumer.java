// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import vigie.dashboard.DashboardConfig;
import vigie.service.kafka.AdminProbe;
import vigie.service.kafka.ClusterProbe;
import vigie.service.kafka.LogReader;
import vigie.service.kafka.StallReason;

/**
 * Reads all partitions of the feed. The first session begins so far before the end of a partition
 * that a new viewer sees a short past; a later one begins where the last one was.
 */
@Singleton
public class FeedConsumer extends LogReader<String, byte[]> {

  static final List<String> TOPICS = List.of("vigie.alerts", "vigie.deployments", "vigie.hotspots");

  private final Map<String, Object> kafka;
  private final FeedReader reader;
  private final int backlog;

  /** The offsets of the next records; for the thread of the loop only. */
  private final Map<TopicPartition, Long> next = new HashMap<>();

  FeedConsumer(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      FeedReader reader,
      DashboardConfig config,
      MeterRegistry metrics) {
    super("feed", TOPICS);
    this.kafka = kafka;
    this.reader = reader;
    this.backlog = config.alertBacklog();
    Gauge.builder("vigie.dashboard.feed.stalled", this, FeedConsumer::stalled)
        .description("Partitions of the feed that cannot be fetched though Kafka answers")
        .register(metrics);
  }

  /** Why not all of the feed is read, or nothing when all is. */
  Optional<String> notReadyReason() {
    return loop().notReadyReason();
  }

  /** Whether alerts may be in Kafka that this instance cannot fetch. */
  public boolean isStalled() {
    return stalled() > 0;
  }

  private int stalled() {
    return loop().stalledPartitions().count(StallReason.NO_FETCH);
  }

  void start(@Observes StartupEvent start) {
    loop().start();
  }

  void stop(@Observes ShutdownEvent stop) {
    loop().close();
  }

  /** A new one for each session; tests have another kind. */
  @Override
  protected Consumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        settings(kafka, "dashboard-feed"), new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** A new one for each session; tests have another kind. */
  @Override
  protected ClusterProbe probe() {
    return new AdminProbe(kafka, "dashboard-feed-probe");
  }

  /** Where the last session was, if Kafka still has that. */
  @Override
  protected void seek(Consumer<String, byte[]> consumer, Set<TopicPartition> partitions) {
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

  @Override
  protected void read(
      Consumer<String, byte[]> consumer,
      ConsumerRecords<String, byte[]> polled,
      Set<TopicPartition> stalled) {
    polled.forEach(this::read);
  }

  /** A record that fails here is not read again: it would fail again. */
  private void read(ConsumerRecord<String, byte[]> record) {
    next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    reader.read(record);
  }
}
