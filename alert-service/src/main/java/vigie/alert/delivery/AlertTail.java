// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import vigie.alert.kafka.KafkaClients;
import vigie.alert.kafka.LoopThread;
import vigie.alert.kafka.Topics;

/** Feeds the log with new alerts of all partitions, on one thread, outside any group. */
@Startup
@Singleton
class AlertTail {

  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration METADATA = Duration.ofSeconds(5);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final KafkaClients kafka;
  private final AlertReader reader;
  private final AlertLog log;
  private final LoopThread loop = new LoopThread("alert-tail", this::session);

  AlertTail(KafkaClients kafka, AlertReader reader, AlertLog log) {
    this.kafka = kafka;
    this.reader = reader;
    this.log = log;
    loop.start();
  }

  /** Why new alerts do not reach units, or nothing when they do. */
  Optional<String> hindrance() {
    return loop.hindrance();
  }

  @PreDestroy
  void close() {
    loop.close();
  }

  /** Ends when the topic gets more partitions; the next session reads those as well. */
  private void session(LoopThread loop) {
    Consumer<byte[], byte[]> consumer = kafka.freeConsumer();
    try {
      int partitions = partitions(consumer);
      if (partitions == 0) {
        loop.hindered("Kafka has no topic " + Topics.ALERTS);
        return;
      }
      begin(consumer, partitions);
      loop.working();
      while (!loop.isStopping() && partitions(consumer) == partitions) {
        take(consumer.poll(POLL));
      }
    } finally {
      consumer.close(CloseOptions.timeout(FAREWELL));
    }
  }

  private static int partitions(Consumer<byte[], byte[]> consumer) {
    return consumer.partitionsFor(Topics.ALERTS, METADATA).size();
  }

  /** Goes on where the log ends; a partition that is new to it begins with one ring of alerts. */
  private void begin(Consumer<byte[], byte[]> consumer, int partitions) {
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(Topics.ALERTS, i)).toList();
    consumer.assign(all);
    var beginnings = consumer.beginningOffsets(all);
    var ends = consumer.endOffsets(all);
    for (TopicPartition partition : all.subList(log.partitions(), partitions)) {
      log.addPartition(Math.max(beginnings.get(partition), ends.get(partition) - log.capacity()));
    }
    Position newest = log.newest();
    all.forEach(partition -> consumer.seek(partition, newest.offset(partition.partition())));
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      log.append(record.partition(), record.offset(), reader.read(record));
    }
    if (!records.isEmpty()) {
      log.appended();
    }
  }
}
