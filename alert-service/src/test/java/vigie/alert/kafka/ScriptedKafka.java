// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import static java.util.stream.Collectors.toMap;

import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import vigie.service.kafka.ClusterProbe;
import vigie.service.kafka.ClusterView;

/** Clients that do as a test has told them; each is used once, in the order of the script. */
public final class ScriptedKafka extends KafkaClients {

  private final Queue<Consumer<byte[], byte[]>> consumers = new ConcurrentLinkedQueue<>();
  private final Queue<Producer<byte[], byte[]>> producers = new ConcurrentLinkedQueue<>();

  public ScriptedKafka() {
    super(Map.of());
  }

  public ScriptedKafka then(Consumer<byte[], byte[]> consumer) {
    consumers.add(consumer);
    return this;
  }

  public ScriptedKafka then(Producer<byte[], byte[]> producer) {
    producers.add(producer);
    return this;
  }

  @Override
  public Consumer<byte[], byte[]> groupConsumer(String group, int maxPollRecords) {
    return consumers.remove();
  }

  @Override
  public Consumer<byte[], byte[]> freeConsumer() {
    return consumers.remove();
  }

  /** By a cluster that has nothing new. */
  @Override
  public synchronized ClusterProbe probe() {
    return query ->
        CompletableFuture.completedFuture(
            new ClusterView(
                true,
                query.partitions().stream().collect(toMap(one -> one, one -> 0L)),
                Set.of(),
                Set.of(),
                Optional.empty()));
  }

  @Override
  public Producer<byte[], byte[]> producer() {
    return producers.remove();
  }
}
