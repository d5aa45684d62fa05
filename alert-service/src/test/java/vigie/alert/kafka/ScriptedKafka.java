// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

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

  @Override
  public Producer<byte[], byte[]> producer() {
    return producers.remove();
  }
}
