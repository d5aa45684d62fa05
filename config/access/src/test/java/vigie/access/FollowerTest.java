// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
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
import org.junit.jupiter.api.Test;
import vigie.service.kafka.ClusterProbe;
import vigie.service.kafka.ClusterView;

class FollowerTest {

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
    Follower follower = follower();
    follower.start(new StartupEvent());
    try {
      assertEquals(REVOKED, news.poll(20, TimeUnit.SECONDS));
      assertTrue(failing.closed());
      assertTrue(follower.sinceTurn().orElseThrow().compareTo(Duration.ofSeconds(20)) < 0);
      assertNotNull(new RevocationsLiveness(follower).call());
    } finally {
      follower.stop(new ShutdownEvent());
    }
  }

  @Test
  void aPollThatWaitsByTheClockOfBeforeIsEndedAndAllIsReadAgain() throws InterruptedException {
    CountDownLatch polling = new CountDownLatch(1);
    CountDownLatch wakeup = new CountDownLatch(1);
    MockConsumer<String, String> waiting = new Waking(wakeup);
    prepare(waiting);
    waiting.schedulePollTask(
        () -> {
          polling.countDown();
          awaitUninterruptibly(wakeup);
        });
    MockConsumer<String, String> next = consumer();
    next.schedulePollTask(
        () ->
            next.addRecord(new ConsumerRecord<>(Revocation.TOPIC, 0, 0, REVOKED.key(), "revoked")));
    sessions.add(waiting);
    sessions.add(next);
    Follower follower = follower();
    follower.start(new StartupEvent());
    try {
      assertTrue(polling.await(20, TimeUnit.SECONDS));
      follower.clockSteppedBack(Duration.ofHours(1));
      assertEquals(REVOKED, news.poll(20, TimeUnit.SECONDS));
      assertTrue(waiting.closed());
    } finally {
      wakeup.countDown();
      follower.stop(new ShutdownEvent());
    }
  }

  private Follower follower() {
    AccessConfig config = new AccessFixture.Settings();
    Access access = AccessFixture.access(config);
    KeySet keys = new KeySet(access, config, Optional.empty(), AccessFixture.events(news));
    Revocations revocations = new Revocations(keys, AccessFixture.events(news));
    return new Follower(Map.of(), access, revocations) {
      @Override
      Consumer<String, String> consumer() {
        return Optional.ofNullable(sessions.poll()).orElseGet(FollowerTest::consumer);
      }

      /** Of a cluster that has nothing new. */
      @Override
      ClusterProbe probe() {
        return query ->
            CompletableFuture.completedFuture(
                new ClusterView(true, Map.of(PARTITION, 0L), Set.of(), Set.of(), Optional.empty()));
      }
    };
  }

  private static MockConsumer<String, String> consumer() {
    MockConsumer<String, String> consumer = new MockConsumer<>("earliest");
    prepare(consumer);
    return consumer;
  }

  private static void prepare(MockConsumer<String, String> consumer) {
    consumer.updatePartitions(
        Revocation.TOPIC, List.of(new PartitionInfo(Revocation.TOPIC, 0, null, null, null)));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 1L));
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Its poll waits until it is woken up. */
  private static final class Waking extends MockConsumer<String, String> {

    private final CountDownLatch wakeup;

    Waking(CountDownLatch wakeup) {
      super("earliest");
      this.wakeup = wakeup;
    }

    /** The poll holds this object's monitor until it ends. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void wakeup() {
      wakeup.countDown();
      super.wakeup();
    }
  }
}
