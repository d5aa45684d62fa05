// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Results that keep coming, a hundred every tenth of a second, each acknowledged by Kafka. */
final class Flow implements AutoCloseable {

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Producer<byte[], byte[]> producer;
  private final Systems systems;
  private final String topic;
  private ScheduledFuture<?> ticks;
  private long number;

  Flow(Systems systems, String topic) {
    this.systems = systems;
    this.topic = topic;
    producer = systems.producer();
  }

  void start() {
    ticks = clock.scheduleAtFixedRate(this::sendHundred, 0, 100, TimeUnit.MILLISECONDS);
  }

  Map<Integer, Long> sentSoFar() throws Exception {
    return systems.ends(topic);
  }

  /** Fails if a record was not acknowledged. */
  void stop() throws Exception {
    if (ticks.isDone()) {
      ticks.get();
    }
    clock.shutdown();
    if (!clock.awaitTermination(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Kafka does not take the results");
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    producer.close();
  }

  private void sendHundred() {
    List<Future<RecordMetadata>> sent =
        IntStream.range(0, 100).mapToObj(i -> send(number++)).toList();
    try {
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("Not acknowledged", e);
    }
  }

  private Future<RecordMetadata> send(long each) {
    return producer.send(
        new ProducerRecord<>(topic, ("student-" + each % 97).getBytes(UTF_8), Events.bytes(each)));
  }
}
