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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;
import vigie.service.ClockStepListener;
import vigie.service.kafka.AppendMonitor;
import vigie.service.kafka.RenewableProducer;

/**
 * Hands records to Kafka and returns when all in-sync replicas hold every one of them. A record
 * that is larger than Kafka ever takes is said and left out: it must not keep all others waiting.
 * Safe for use by several threads.
 */
@Singleton
public class RecordPublisher implements ClockStepListener {

  private static final Logger LOG = Logger.getLogger(RecordPublisher.class);

  private final RenewableProducer producers;
  private final AppendMonitor appends;

  RecordPublisher(KafkaClients kafka) {
    this.producers =
        new RenewableProducer(kafka.producer(), kafka::producer, Runnable::run, System::nanoTime);
    this.appends = kafka.appends();
  }

  /** Sends all, then awaits all. On failure some may have been sent: send all again. */
  public void deliver(List<ProducerRecord<byte[], byte[]>> records)
      throws ExecutionException, InterruptedException {
    Producer<byte[], byte[]> current = producers.current();
    try {
      deliver(current, records);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException | IllegalStateException e) {
      // Thrown by a producer at once, not by its answer: it takes nothing any more, or is closed.
      producers.noteFailure(current, e);
      records.forEach(record -> appends.refused(record.topic()));
      throw new ExecutionException(e);
    } catch (ExecutionException e) {
      producers.noteFailure(current, e.getCause());
      throw e;
    }
  }

  @Override
  public void clockSteppedBack(Duration step) {
    producers.renew("the wall clock was set back");
  }

  private void deliver(
      Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records)
      throws ExecutionException, InterruptedException {
    List<Sent> underWay = new ArrayList<>(records.size());
    for (ProducerRecord<byte[], byte[]> record : records) {
      Sent sent = new Sent(record, producer.send(record, appends.track()));
      if (sent.answer().isDone()) {
        // Refused, maybe after a minute in which Kafka did not answer: the next would take as long.
        sent.await();
      } else {
        underWay.add(sent);
      }
    }
    if (!underWay.isEmpty()) {
      // Were they sent as they come, the first would go alone and the others wait for its answer.
      producer.flush();
    }
    for (Sent sent : underWay) {
      sent.await();
    }
  }

  private record Sent(ProducerRecord<byte[], byte[]> record, Future<RecordMetadata> answer) {

    void await() throws ExecutionException, InterruptedException {
      try {
        RecordMetadata acknowledged = answer.get();
        assert acknowledged != null;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof RecordTooLargeException)) {
          throw e;
        }
        LOG.errorf("A record never gets to %s: %s", record.topic(), e.getCause().getMessage());
      }
    }
  }

  @PreDestroy
  void close() {
    producers.close();
  }
}
