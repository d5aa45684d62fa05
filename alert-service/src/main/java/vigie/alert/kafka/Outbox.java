// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Hands records to Kafka and returns when all in-sync replicas hold every one of them. Safe for use
 * by several threads.
 */
@Singleton
public class Outbox {

  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final Producer<byte[], byte[]> producer;

  Outbox(KafkaClients kafka) {
    this.producer = kafka.producer();
  }

  /** Sends all, then awaits all. On failure some may have been sent: send all again. */
  public void deliver(List<ProducerRecord<byte[], byte[]>> records)
      throws ExecutionException, InterruptedException {
    List<Future<RecordMetadata>> underWay = new ArrayList<>(records.size());
    for (ProducerRecord<byte[], byte[]> record : records) {
      underWay.add(producer.send(record));
    }
    if (!underWay.isEmpty()) {
      // Were they sent as they come, the first would go alone and the others wait for its answer.
      producer.flush();
    }
    for (Future<RecordMetadata> sent : underWay) {
      RecordMetadata acknowledged = sent.get();
      assert acknowledged != null;
    }
  }

  @PreDestroy
  void close() {
    producer.close(FAREWELL);
  }
}
