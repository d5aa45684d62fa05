// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.kafka;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import vigie.ingest.model.Configs;
import vigie.ingest.model.RequestError;

class KafkaProbeTest {

  private static final Node ONE = new Node(1, "a", 1);
  private static final Node TWO = new Node(2, "b", 1);

  @Test
  void fewerReplicasInSyncThanNeededAreTrouble() {
    assertEquals(Optional.empty(), judge(ONE, List.of(ONE, TWO), List.of(ONE, TWO), 2));
    assertEquals(
        Optional.of(RequestError.TOO_FEW_REPLICAS), judge(ONE, List.of(ONE, TWO), List.of(ONE), 2));
  }

  @Test
  void noMoreReplicasAreNeededThanThereAre() {
    assertEquals(Optional.empty(), judge(ONE, List.of(ONE), List.of(ONE), 2));
  }

  @Test
  void aPartitionWithoutLeaderIsTrouble() {
    assertEquals(
        Optional.of(RequestError.KAFKA_UNAVAILABLE),
        judge(Node.noNode(), List.of(ONE), List.of(), 1));
  }

  @Test
  void anErrorIsNotTheLastThatIsSaidOfKafka() {
    AtomicInteger asked = new AtomicInteger();
    Vertx vertx = Vertx.vertx();
    KafkaProbe probe =
        new KafkaProbe(
            Map.of("bootstrap.servers", "127.0.0.1:1"),
            "results",
            "activity",
            vertx,
            Configs.of(Map.of("vigie.ingest.kafka-probe-interval", "10ms"))) {
          @Override
          CompletionStage<Optional<Trouble>> state() {
            if (asked.getAndIncrement() == 0) {
              throw new AssertionError("deliberate");
            }
            return CompletableFuture.completedFuture(Optional.empty());
          }
        };
    probe.start(new StartupEvent());
    try {
      await().atMost(20, SECONDS).until(() -> probe.trouble().isEmpty());
    } finally {
      probe.stop(new ShutdownEvent());
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static Optional<RequestError> judge(
      Node leader, List<Node> replicas, List<Node> inSync, int least) {
    var partition = new TopicPartitionInfo(0, leader, replicas, inSync);
    return KafkaProbe.judge(
            Map.of("t", new TopicDescription("t", false, List.of(partition))),
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, "t"),
                new Config(
                    List.of(new ConfigEntry("min.insync.replicas", Integer.toString(least))))))
        .map(KafkaProbe.Trouble::error);
  }
}
