// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogReaderTest {

  private static final String TOPIC = "log";
  private static final Duration WAIT = Duration.ofSeconds(20);

  private final Queue<MockConsumer<String, String>> sessions = new ConcurrentLinkedQueue<>();
  private final Queue<TopicPartition> read = new ConcurrentLinkedQueue<>();
  private volatile int partitions = 1;
  private volatile boolean caughtUp = true;
  private volatile Set<TopicPartition> silent = Set.of();
  private final LogReader<String, String> reader = new Scripted();

  @AfterEach
  void stop() {
    reader.loop().close();
  }

  @Test
  void aTopicThatGetsMorePartitionsIsReadInAll() {
    reader.loop().start();
    await().atMost(WAIT).until(() -> read.contains(new TopicPartition(TOPIC, 0)));
    partitions = 2;
    sessions.element().updatePartitions(TOPIC, infos(2));
    await().atMost(WAIT).until(() -> read.contains(new TopicPartition(TOPIC, 1)));
    assertEquals(List.of(true, false), sessions.stream().map(MockConsumer::closed).toList());
  }

  @Test
  void aTopicThatIsMissingIsTheReasonUntilItIsThere() {
    partitions = 0;
    reader.loop().start();
    await()
        .atMost(WAIT)
        .until(() -> reader.loop().notReadyReason().orElse("").endsWith("Kafka has no topic log"));
    partitions = 1;
    await().atMost(WAIT).until(() -> reader.loop().notReadyReason().isEmpty());
  }

  @Test
  void itIsReadyOnceItIsCaughtUp() {
    caughtUp = false;
    reader.loop().start();
    await().atMost(WAIT).until(() -> !read.isEmpty());
    assertEquals(Optional.of("starting"), reader.loop().notReadyReason());
    caughtUp = true;
    await().atMost(WAIT).until(() -> reader.loop().notReadyReason().isEmpty());
  }

  @Test
  void aPartitionThatCannotBeFetchedIsReportedUntilItCan() {
    reader.loop().start();
    await().atMost(WAIT).until(() -> reader.loop().notReadyReason().isEmpty());
    silent = Set.of(new TopicPartition(TOPIC, 0));
    await()
        .atMost(60, SECONDS)
        .until(() -> reader.loop().notReadyReason().orElse("").startsWith("log-0 cannot"));
    silent = Set.of();
    await().atMost(60, SECONDS).until(() -> reader.loop().notReadyReason().isEmpty());
  }

  private static List<PartitionInfo> infos(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> new PartitionInfo(TOPIC, number, null, null, null))
        .toList();
  }

  private final class Scripted extends LogReader<String, String> {

    Scripted() {
      super("test", List.of(TOPIC));
    }

    @Override
    protected Consumer<String, String> consumer() {
      MockConsumer<String, String> consumer = new MockConsumer<>("earliest");
      int count = partitions;
      consumer.updatePartitions(TOPIC, infos(count));
      consumer.schedulePollTask(
          () -> {
            for (int number = 0; number < count; number++) {
              consumer.addRecord(new ConsumerRecord<>(TOPIC, number, 0, "key", "value"));
            }
          });
      sessions.add(consumer);
      return consumer;
    }

    @Override
    protected ClusterProbe probe() {
      return query ->
          CompletableFuture.completedFuture(
              new ClusterView(
                  true,
                  silent.isEmpty() ? Map.of(new TopicPartition(TOPIC, 0), 1L) : Map.of(),
                  silent,
                  Set.of(),
                  Optional.empty()));
    }

    @Override
    protected Duration stallTimeout() {
      return Duration.ofMillis(300);
    }

    @Override
    protected void seek(Consumer<String, String> consumer, Set<TopicPartition> assigned) {
      assigned.forEach(one -> consumer.seek(one, 0));
    }

    @Override
    protected void read(
        Consumer<String, String> consumer,
        ConsumerRecords<String, String> polled,
        Set<TopicPartition> stalled) {
      read.addAll(polled.partitions());
    }

    @Override
    protected boolean isCaughtUp(Consumer<String, String> consumer) {
      return caughtUp;
    }
  }
}
