// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vigie.dashboard.DashboardConfig;
import vigie.dashboard.DashboardConfigFixture;
import vigie.service.kafka.ClusterProbe;
import vigie.service.kafka.ClusterView;

class FeedConsumerTest {

  private static final TopicPartition ALERTS = new TopicPartition("vigie.alerts", 0);
  private static final DashboardConfig CONFIG =
      DashboardConfigFixture.with(Map.of("vigie.dashboard.alert-backlog", "3"));

  private final Queue<Long> read = new ConcurrentLinkedQueue<>();
  private final Queue<MockConsumer<String, byte[]>> sessions = new ConcurrentLinkedQueue<>();
  private volatile Set<TopicPartition> silent = Set.of();
  private final FeedConsumer loop = new Scripted();

  @BeforeEach
  void start() {
    loop.start(new StartupEvent());
  }

  @AfterEach
  void stop() throws InterruptedException {
    loop.stop(new ShutdownEvent());
  }

  /** The first session has 10 records, the next one 12. */
  @Test
  void afterAClockWasSetBackANewConsumerGoesOnWhereTheLastOneWas() {
    await().atMost(20, SECONDS).until(() -> List.copyOf(read).equals(List.of(7L, 8L, 9L)));
    loop.clockSteppedBack(Duration.ofHours(1));
    await().atMost(20, SECONDS).until(() -> sessions.size() == 2);
    await()
        .atMost(20, SECONDS)
        .until(() -> List.copyOf(read).equals(List.of(7L, 8L, 9L, 10L, 11L)));
    assertEquals(List.of(true, false), sessions.stream().map(MockConsumer::closed).toList());
  }

  @Test
  void whatCannotBeFetchedIsReportedUntilItCan() {
    await().atMost(20, SECONDS).until(() -> loop.notReadyReason().isEmpty());
    silent = Set.of(ALERTS);
    await().atMost(60, SECONDS).until(loop::isStalled);
    await()
        .atMost(60, SECONDS)
        .until(() -> loop.notReadyReason().orElse("").contains("vigie.alerts-0"));
    silent = Set.of();
    await().atMost(60, SECONDS).until(() -> loop.notReadyReason().isEmpty());
  }

  private final class Scripted extends FeedConsumer {

    Scripted() {
      super(
          Map.of(),
          new FeedReader(null, null, new SimpleMeterRegistry()) {
            @Override
            void read(ConsumerRecord<String, byte[]> record) {
              read.add(record.offset());
            }
          },
          CONFIG,
          new SimpleMeterRegistry());
    }

    @Override
    protected Consumer<String, byte[]> consumer() {
      long end = 10 + 2L * sessions.size();
      MockConsumer<String, byte[]> consumer = new MockConsumer<>("latest");
      Map<TopicPartition, Long> beginnings = new HashMap<>();
      Map<TopicPartition, Long> ends = new HashMap<>();
      for (String topic : TOPICS) {
        consumer.updatePartitions(topic, List.of(new PartitionInfo(topic, 0, null, null, null)));
        beginnings.put(new TopicPartition(topic, 0), 0L);
        ends.put(new TopicPartition(topic, 0), 0L);
      }
      ends.put(ALERTS, end);
      consumer.updateBeginningOffsets(beginnings);
      consumer.updateEndOffsets(ends);
      consumer.schedulePollTask(
          () ->
              LongStream.range(0, end)
                  .forEach(
                      offset ->
                          consumer.addRecord(
                              new ConsumerRecord<>(ALERTS.topic(), 0, offset, "s", new byte[0]))));
      sessions.add(consumer);
      return consumer;
    }

    @Override
    protected Duration stallTimeout() {
      return Duration.ofMillis(300);
    }

    @Override
    protected ClusterProbe probe() {
      return query -> {
        Set<TopicPartition> answering = new HashSet<>(query.partitions());
        answering.removeAll(silent);
        return CompletableFuture.completedFuture(
            new ClusterView(
                true,
                answering.stream().collect(Collectors.toMap(one -> one, one -> 0L)),
                silent,
                Set.of(),
                Optional.empty()));
      };
    }
  }
}
