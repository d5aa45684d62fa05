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
import vigie.alert.kafka.Holds;
import vigie.alert.kafka.KafkaClients;
import vigie.alert.kafka.LoopThread;
import vigie.alert.kafka.Looping;
import vigie.alert.kafka.Standstill;
import vigie.alert.kafka.UnknownSchemas;
import vigie.alert.patrol.protocol.Feed;
import vigie.alert.patrol.protocol.Lane;
import vigie.alert.patrol.protocol.Position;
import vigie.events.UnknownSchemaException;
import vigie.service.kafka.StallDetector;

/** Feeds the log with what is new in all lanes, on one thread, outside any group. */
@Startup
@Singleton
class LogTail implements Looping {

  private static final Logger LOG = Logger.getLogger(LogTail.class);

  /** Units wait at positions that a log which became shorter may not reach for long. */
  private static final CloseReason ANEW = new CloseReason(1012, "the log has begun anew");

  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration METADATA = Duration.ofSeconds(5);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final KafkaClients kafka;
  private final EntryReader reader;
  private final PatrolLog log;
  private final LogListener listener;
  private final Duration stallTimeout;
  private final LoopThread loop = new LoopThread("patrol-tail", this::session);

  LogTail(
      KafkaClients kafka,
      EntryReader reader,
      PatrolLog log,
      LogListener listener,
      AlertConfig config) {
    this.kafka = kafka;
    this.reader = reader;
    this.log = log;
    this.listener = listener;
    this.stallTimeout = config.stallTimeout();
    loop.start();
  }

  /** Why new entries do not reach units, or nothing when they do. */
  Optional<String> hindrance() {
    return loop.hindrance();
  }

  @Override
  public LoopThread loop() {
    return loop;
  }

  @PreDestroy
  void close() {
    loop.close();
  }

  /** Ends when a topic gets more partitions; the next session reads those as well. */
  private void session(LoopThread loop) {
    Consumer<byte[], byte[]> consumer = kafka.freeConsumer();
    try {
      List<Lane> lanes = lanes(consumer);
      for (Feed feed : Feed.values()) {
        if (lanes.stream().noneMatch(lane -> lane.feed() == feed)) {
          loop.hindered("Kafka has no topic " + feed.topic());
          return;
        }
      }
      begin(consumer, lanes);
      loop.working();
      StallDetector stalls = kafka.stallDetector(Optional.empty(), Set.of(), stallTimeout);
      UnknownSchemas unknown = new UnknownSchemas(loop);
      Redirect redirect = new Redirect(listener, stallTimeout, System::nanoTime);
      Holds holds = new Holds(consumer, System::nanoTime);
      while (loop.goesOn() && lanes(consumer).equals(lanes)) {
        holds.release();
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        Set<TopicPartition> stalled = stalls.update(consumer, records);
        loop.standing(Standstill.NO_FETCH, stalled);
        boolean upgraded = unknown.update(consumer, records, take(records, holds)).isEmpty();
        redirect.update(!stalled.isEmpty() || !upgraded);
      }
    } finally {
      consumer.close(CloseOptions.timeout(FAREWELL));
    }
  }

  /** In the order of their numbers. */
  private static List<Lane> lanes(Consumer<byte[], byte[]> consumer) {
    return Arrays.stream(Feed.values())
        .flatMap(feed -> consumer.partitionsFor(feed.topic(), METADATA).stream())
        .map(info -> Lane.of(new TopicPartition(info.topic(), info.partition())))
        .sorted(Comparator.comparingInt(Lane::number))
        .toList();
  }

  /** Goes on where the log ends; a lane that is new to it begins with one ring of entries. */
  private void begin(Consumer<byte[], byte[]> consumer, List<Lane> lanes) {
    List<TopicPartition> all = lanes.stream().map(Lane::topicPartition).toList();
    consumer.assign(all);
    var beginnings = consumer.beginningOffsets(all);
    var ends = consumer.endOffsets(all);
    for (int number = log.lanes(); number <= lanes.get(lanes.size() - 1).number(); number++) {
      TopicPartition partition = Lane.of(number).topicPartition();
      log.addLane(
          Math.max(
              beginnings.getOrDefault(partition, 0L),
              ends.getOrDefault(partition, 0L) - log.capacity()));
    }
    Position newest = log.newest();
    lanes.forEach(lane -> consumer.seek(lane.topicPartition(), newest.offset(lane.number())));
  }

  /** The partitions that are held, since this version cannot read their next entry. */
  private Set<TopicPartition> take(ConsumerRecords<byte[], byte[]> records, Holds holds) {
    boolean follow = true;
    Set<TopicPartition> unknown = new HashSet<>();
    for (TopicPartition partition : records.partitions()) {
      int lane = Lane.of(partition).number();
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        try {
          follow &= log.append(lane, record.offset(), reader.read(record));
        } catch (UnknownSchemaException e) {
          holds.hold(partition, record.offset(), PAUSE);
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
