// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.Test;
import vigie.service.kafka.ClusterProbe;
import vigie.service.kafka.ClusterView;

class RevocationConsumerTest {

  private static final TopicPartition PARTITION = new TopicPartition(Revocation.TOPIC, 0);
  private static final Revocation REVOKED = new Revocation(Revocation.Kind.SUBJECT, "s1");

  private final BlockingQueue<Object> news = new LinkedBlockingQueue<>();
  private final Queue<Consumer<String, String>> sessions = new ArrayDeque<>();

  @Test
  void anErrorEndsOneSessionAndRevocationsGoOnCounting() throws InterruptedException {
    MockConsumer<String, String> failing = consumer();
    failing.schedulePollTask(
        () -> {
          throw new AssertionError("deliberate");
        });
    MockConsumer<String, String> next = consumer();
    next.schedulePollTask(
        () ->
            next.addRecord(new ConsumerRecord<>(Revocation.TOPIC, 0, 0, REVOKED.key(), "revoked")));
    sessions.add(failing);
    sessions.add(next);
    RevocationConsumer reader = reader();
    reader.start(new StartupEvent());
    try {
      assertEquals(REVOKED, news.poll(20, TimeUnit.SECONDS));
      assertTrue(failing.closed());
    } finally {
      reader.stop(new ShutdownEvent());
    }
  }

  @Test
  void aPollThatWaitsByTheClockOfBeforeIsEndedAndAllIsReadAgain() throws InterruptedException {
    CountDownLatch polling = new CountDownLatch(1);
    MockConsumer<String, String> waiting = consumer();
    waiting.schedulePollTask(
        () -> {
          polling.countDown();
          awaitInterruption();
        });
    MockConsumer<String, String> next = consumer();
    next.schedulePollTask(
        () ->
            next.addRecord(new ConsumerRecord<>(Revocation.TOPIC, 0, 0, REVOKED.key(), "revoked")));
    sessions.add(waiting);
    sessions.add(next);
    RevocationConsumer reader = reader();
    reader.start(new StartupEvent());
    try {
      assertTrue(polling.await(20, TimeUnit.SECONDS));
      reader.clockSteppedBack(Duration.ofHours(1));
      assertEquals(REVOKED, news.poll(20, TimeUnit.SECONDS));
      assertTrue(waiting.closed());
    } finally {
      reader.stop(new ShutdownEvent());
    }
  }

  private RevocationConsumer reader() {
    AccessConfig config = new AccessFixture.Settings();
    Access access = AccessFixture.access(config);
    KeySet keys = new KeySet(access, config, Optional.empty(), AccessFixture.events(news));
    Revocations revocations = new Revocations(keys, AccessFixture.events(news));
    return new RevocationConsumer(Map.of(), access, revocations) {
      @Override
      protected Consumer<String, String> consumer() {
        return Optional.ofNullable(sessions.poll()).orElseGet(RevocationConsumerTest::consumer);
      }

      /** Of a cluster that has nothing new. */
      @Override
      protected ClusterProbe probe() {
        return query ->
            CompletableFuture.completedFuture(
                new ClusterView(true, Map.of(PARTITION, 0L), Set.of(), Set.of(), Optional.empty()));
      }
    };
  }

  private static MockConsumer<String, String> consumer() {
    MockConsumer<String, String> consumer = new MockConsumer<>("earliest");
    consumer.updatePartitions(
        Revocation.TOPIC, List.of(new PartitionInfo(Revocation.TOPIC, 0, null, null, null)));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 1L));
    return consumer;
  }

  /** As Kafka's consumer does, which measures the wait by the wall clock. */
  private static void awaitInterruption() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
