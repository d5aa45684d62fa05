// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;
import vigie.service.kafka.ClusterView;
import vigie.service.kafka.Outputs;
import vigie.service.kafka.StallDetector;

class HotspotClientsTest {

  /** No broker is there: a poll lasts as long as it may. */
  private static final Map<String, Object> CONFIG =
      Map.of("bootstrap.servers", "127.0.0.1:1", "reconnect.backoff.max.ms", 1000);

  private static final Duration STEP = Duration.ofHours(1);

  private static final TopicPartition ALERTS = new TopicPartition("alerts", 0);

  /** Kafka answers, but not the leader of the alerts. */
  private final HotspotClients clients =
      new HotspotClients(
          application ->
              new StallDetector(
                  query ->
                      CompletableFuture.completedFuture(
                          new ClusterView(
                              true, Map.of(), Set.of(ALERTS), Set.of(), Optional.empty())),
                  Optional.empty(),
                  Outputs.NONE,
                  Duration.ofMillis(30),
                  System::nanoTime));

  @Test
  void aPollThatWaitsByTheClockOfBeforeFailsOnceTheClockWasSetBack() throws Exception {
    Consumer<byte[], byte[]> consumer = clients.getConsumer(CONFIG);
    CountDownLatch polling = new CountDownLatch(1);
    CompletableFuture<Void> poll =
        CompletableFuture.runAsync(
            () -> {
              try (consumer) {
                consumer.assign(List.of(ALERTS));
                polling.countDown();
                consumer.poll(STEP);
              }
            });
    polling.await();
    clients.clockSteppedBack(STEP);
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> poll.get(20, TimeUnit.SECONDS));
    assertInstanceOf(WakeupException.class, failure.getCause());
    // Closed by now, so it is not touched any more.
    assertDoesNotThrow(() -> clients.clockSteppedBack(STEP));
  }

  @Test
  void whatCannotBeFetchedIsReportedUntilTheConsumerIsClosed() {
    try (Consumer<byte[], byte[]> consumer = clients.getConsumer(CONFIG)) {
      consumer.assign(List.of(ALERTS));
      await()
          .atMost(20, TimeUnit.SECONDS)
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(10));
                return clients.notReadyReason().orElse("").contains("alerts-0 cannot be fetched");
              });
    }
    assertEquals(Optional.empty(), clients.notReadyReason());
  }

  @Test
  void streamsKeepsAnAdminClientWhoseConnectionsAreMadeAnew() {
    try (Admin admin = clients.getAdmin(CONFIG)) {
      Object before = clientId(admin);
      clients.clockSteppedBack(STEP);
      assertNotEquals(before, clientId(admin));
    }
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> clients.clockSteppedBack(STEP));
  }

  @Test
  void aThreadThatWasWokenUpIsReplacedAndIsNoError() {
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    StreamsUncaughtExceptionHandler handler = HotspotStreams.replaceThread(metrics);
    assertEquals(
        StreamThreadExceptionResponse.REPLACE_THREAD,
        handler.handle(new StreamsException(new WakeupException())));
    assertEquals(
        StreamThreadExceptionResponse.REPLACE_THREAD, handler.handle(new WakeupException()));
    assertEquals(0, metrics.get("vigie.loop.errors").counter().count());
    assertEquals(
        StreamThreadExceptionResponse.REPLACE_THREAD,
        handler.handle(new StreamsException("deliberate")));
    assertEquals(1, metrics.get("vigie.loop.errors").counter().count());
  }

  private static Object clientId(Admin admin) {
    return admin.metrics().keySet().stream()
        .map(metric -> metric.tags().get("client-id"))
        .filter(id -> id != null)
        .findAny()
        .orElseThrow();
  }
}
