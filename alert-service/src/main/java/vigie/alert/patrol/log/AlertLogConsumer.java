// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import io.quarkus.runtime.Startup;
import io.quarkus.websockets.next.CloseReason;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import vigie.alert.AlertConfig;
import vigie.alert.kafka.DelayedPartitions;
import vigie.alert.kafka.KafkaClients;
import vigie.alert.kafka.LoopOwner;
import vigie.alert.kafka.StallReason;
import vigie.alert.kafka.SupervisedLoop;
import vigie.alert.kafka.UnknownSchemas;
import vigie.alert.patrol.protocol.LogPartition;
import vigie.alert.patrol.protocol.LogTopic;
import vigie.alert.patrol.protocol.Position;
import vigie.events.UnknownSchemaException;
import vigie.service.kafka.StallDetector;

/** Feeds the log with what is new in all lanes, on one thread, outside any group. */
@Startup
@Singleton
class AlertLogConsumer implements LoopOwner {

  private static final Logger LOG = Logger.getLogger(AlertLogConsumer.class);

  /** Units wait at positions that a log which became shorter may not reach for long. */
  private static final CloseReason ANEW = new CloseReason(1012, "the log has begun anew");

  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration METADATA = Duration.ofSeconds(5);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final KafkaClients kafka;
  private final LogEntryDecoder decoder;
  private final AlertLog log;
  private final LogListener listener;
  private final Duration stallTimeout;
  private final SupervisedLoop loop = new SupervisedLoop("patrol-tail", this::session);

  AlertLogConsumer(
      KafkaClients kafka,
      LogEntryDecoder decoder,
      AlertLog log,
      LogListener listener,
      AlertConfig config) {
    this.kafka = kafka;
    this.decoder = decoder;
    this.log = log;
    this.listener = listener;
    this.stallTimeout = config.stallTimeout();
    loop.start();
  }

  /** Why new entries do not reach units, or nothing when they do. */
  Optional<String> notReadyReason() {
    return loop.notReadyReason();
  }

  @Override
  public SupervisedLoop loop() {
    return loop;
  }

  @PreDestroy
  void close() {
    loop.close();
  }

  /** Ends when a topic gets more partitions; the next session reads those as well. */
  private void session(SupervisedLoop loop) {
    Consumer<byte[], byte[]> consumer = kafka.freeConsumer();
    try {
      List<LogPartition> lanes = lanes(consumer);
      for (LogTopic feed : LogTopic.values()) {
        if (lanes.stream().noneMatch(lane -> lane.feed() == feed)) {
          loop.notReady("Kafka has no topic " + feed.topic());
          return;
        }
      }
      begin(consumer, lanes);
      loop.ready();
      StallDetector stalls = kafka.stallDetector(Optional.empty(), Set.of(), stallTimeout);
      UnknownSchemas unknown = new UnknownSchemas(loop);
      UnitRedirect redirect = new UnitRedirect(listener, stallTimeout, System::nanoTime);
      DelayedPartitions delayed = new DelayedPartitions(consumer, System::nanoTime);
      while (loop.goesOn() && lanes(consumer).equals(lanes)) {
        delayed.release();
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        Set<TopicPartition> stalled = stalls.update(consumer, records);
        loop.stalled(StallReason.NO_FETCH, stalled);
        boolean upgraded = unknown.update(consumer, records, take(records, delayed)).isEmpty();
        redirect.update(!stalled.isEmpty() || !upgraded);
      }
    } finally {
      consumer.close(CloseOptions.timeout(FAREWELL));
    }
  }

  /** In the order of their numbers. */
  private static List<LogPartition> lanes(Consumer<byte[], byte[]> consumer) {
    return Arrays.stream(LogTopic.values())
        .flatMap(feed -> consumer.partitionsFor(feed.topic(), METADATA).stream())
        .map(info -> LogPartition.of(new TopicPartition(info.topic(), info.partition())))
        .sorted(Comparator.comparingInt(LogPartition::number))
        .toList();
  }

  /** Goes on where the log ends; a lane that is new to it begins with one ring of entries. */
  private void begin(Consumer<byte[], byte[]> consumer, List<LogPartition> lanes) {
    List<TopicPartition> all = lanes.stream().map(LogPartition::topicPartition).toList();
    consumer.assign(all);
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

  /** The partitions that are held, since this version cannot read their next entry. */
  private Set<TopicPartition> take(
      ConsumerRecords<byte[], byte[]> records, DelayedPartitions delayed) {
    boolean follow = true;
    Set<TopicPartition> unknown = new HashSet<>();
    for (TopicPartition partition : records.partitions()) {
      int lane = LogPartition.of(partition).number();
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        try {
          follow &= log.append(lane, record.offset(), decoder.read(record));
        } catch (UnknownSchemaException e) {
          delayed.hold(partition, record.offset(), PAUSE);
          unknown.add(partition);
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
    return unknown;
  }
}
