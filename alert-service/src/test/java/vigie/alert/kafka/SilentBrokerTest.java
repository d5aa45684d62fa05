// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

/** A broker whose host is gone: its connections stay open, and it answers nothing. */
class SilentBrokerTest {

  /** Longer than the consumer waits for an answer, shorter than Kafka's default. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Test
  void aConsumerGivesUpARequestThatIsNotAnswered() throws Exception {
    try (ServerSocket broker = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + broker.getLocalPort();
      KafkaClients clients = new KafkaClients(Map.of("bootstrap.servers", address));
      try (Consumer<byte[], byte[]> consumer = clients.freeConsumer()) {
        CompletableFuture<List<Socket>> connections =
            CompletableFuture.supplyAsync(() -> List.of(accept(broker), accept(broker)))
                .whenComplete((both, failure) -> consumer.wakeup());

        assertThrows(WakeupException.class, () -> consumer.partitionsFor("t", PATIENCE));

        assertEquals(2, connections.join().size());
      }
    }
  }

  private static Socket accept(ServerSocket broker) {
    try {
      return broker.accept();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
