// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import io.quarkus.runtime.Startup;
import io.quarkus.websockets.next.CloseReason;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import vigie.alert.AlertConfig;
import vigie.alert.kafka.DelayedPartitions;
import vigie.alert.kafka.KafkaClients;
import vigie.alert.kafka.UnknownSchemas;
import vigie.alert.patrol.protocol.LogPartition;
import vigie.alert.patrol.protocol.LogTopic;
import vigie.alert.patrol.protocol.Position;
import vigie.events.UnknownSchemaException;
import vigie.service.kafka.ClusterProbe;
import vigie.service.kafka.LogReader;

/** Feeds the log with what is new in all lanes. */
@Startup
@Singleton
class AlertLogConsumer extends LogReader<byte[], byte[]> {

  private static final Logger LOG = Logger.getLogger(AlertLogConsumer.class);

  /** Units wait at positions that a log which became shorter may not reach for long. */
  private static final CloseReason ANEW = new CloseReason(1012, "the log has begun anew");

  private static final Duration UNKNOWN_SCHEMA_DELAY = Duration.ofSeconds(2);

  private final KafkaClients kafka;
  private final LogEntryDecoder decoder;
  private final AlertLog log;
  private final LogListener listener;
  private final Duration stallTimeout;

  /** These are of one session, for the thread of the loop only. */
  private DelayedPartitions delayed;

  private UnknownSchemas unknown;
  private UnitRedirect redirect;

  AlertLogConsumer(
      KafkaClients kafka,
      LogEntryDecoder decoder,
      AlertLog log,
      LogListener listener,
      AlertConfig config) {
    super("patrol-tail", Stream.of(LogTopic.values()).map(LogTopic::topic).toList());
    this.kafka = kafka;
    this.decoder = decoder;
    this.log = log;
    this.listener = listener;
    this.stallTimeout = config.stallTimeout();
    loop().start();
  }

  /** Why new entries do not reach units, or nothing when they do. */
  Optional<String> notReadyReason() {
    return loop().notReadyReason();
  }

  @PreDestroy
  void close() {
    loop().close();
  }

  @Override
  protected Consumer<byte[], byte[]> consumer() {
    return kafka.freeConsumer();
  }

  @Override
  protected ClusterProbe probe() {
    return kafka.probe();
  }

  @Override
  protected Duration stallTimeout() {
    return stallTimeout;
  }

  /** Goes on where the log ends; a lane that is new to it begins with one ring of entries. */
  @Override
  protected void seek(Consumer<byte[], byte[]> consumer, Set<TopicPartition> all) {
    delayed = new DelayedPartitions(consumer, System::nanoTime);
    unknown = new UnknownSchemas(loop());
    redirect = new UnitRedirect(listener, stallTimeout, System::nanoTime);
    List<LogPartition> lanes =
        all.stream()
            .map(LogPartition::of)
            .sorted(Comparator.comparingInt(LogPartition::number))
            .toList();
    var beginnings = consumer.beginningOffsets(all);
    var ends = consumer.endOffsets(all);
    for (int number = log.lanes(); number <= lanes.get(lanes.size() - 1).number(); number++) {
      TopicPartition partition = LogPartition.of(number).topicPartition();
      log.addLane(
          Math.max(
              beginnings.getOrDefault(partition, 0L),
              ends.getOrDefault(partition, 0L) - log.capacity()));
    }
    Position newest = log.newest();
    lanes.forEach(lane -> consumer.seek(lane.topicPartition(), newest.offset(lane.number())));
  }

  @Override
  protected void read(
      Consumer<byte[], byte[]> consumer,
      ConsumerRecords<byte[], byte[]> polled,
      Set<TopicPartition> stalled) {
    boolean upgraded = unknown.update(consumer, polled, take(polled)).isEmpty();
    redirect.update(!stalled.isEmpty() || !upgraded);
    delayed.release();
  }

  /** The partitions that are held, since this version cannot read their next entry. */
  private Set<TopicPartition> take(ConsumerRecords<byte[], byte[]> records) {
    boolean follow = true;
    Set<TopicPartition> held = new HashSet<>();
    for (TopicPartition partition : records.partitions()) {
      int lane = LogPartition.of(partition).number();
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        try {
          follow &= log.append(lane, record.offset(), decoder.read(record));
        } catch (UnknownSchemaException e) {
          delayed.hold(partition, record.offset(), UNKNOWN_SCHEMA_DELAY);
          held.add(partition);
          break;
        }
      }
    }
    if (!follow) {
      LOG.warn("A topic is shorter than it was: all units are sent away, to begin in it anew");
      listener.end(ANEW);
    }
    if (!records.isEmpty()) {
      listener.wake();
    }
    return held;
  }
}
