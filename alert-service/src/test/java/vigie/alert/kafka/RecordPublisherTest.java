// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class RecordPublisherTest {

  private final Failing first = new Failing();
  private final Failing second = new Failing();
  private final RecordPublisher publisher =
      new RecordPublisher(new ScriptedKafka().then(first).then(second));

  @Test
  void aProducerThatRefusesAllIsReplaced() throws ExecutionException, InterruptedException {
    first.thrown = new KafkaException("in a fatal state");
    assertThrows(ExecutionException.class, () -> publisher.deliver(List.of(record("a"))));
    assertTrue(first.closed());
    publisher.deliver(List.of(record("a")));
    assertEquals(1, second.history().size());
  }

  @Test
  void whatIsRefusedForGoodReplacesTheProducerToo()
      throws ExecutionException, InterruptedException {
    first.refusal = new ClusterAuthorizationException("not while its rights are being set");
    assertThrows(ExecutionException.class, () -> publisher.deliver(List.of(record("a"))));
    publisher.deliver(List.of(record("a")));
    assertEquals(1, second.history().size());
  }

  @Test
  void whatMayBeSentAgainLeavesTheProducer() throws ExecutionException, InterruptedException {
    first.refusal = new TimeoutException("away");
    assertThrows(ExecutionException.class, () -> publisher.deliver(List.of(record("a"))));
    assertFalse(first.closed());
    first.refusal = null;
    publisher.deliver(List.of(record("a")));
    assertEquals(2, first.history().size());
  }

  @Test
  void aProducerThatWaitsByTheClockOfBeforeIsReplaced()
      throws ExecutionException, InterruptedException {
    publisher.clockSteppedBack(Duration.ofHours(1));
    assertTrue(first.closed());
    publisher.deliver(List.of(record("a")));
    assertEquals(1, second.history().size());
  }

  @Test
  void aRecordThatIsTooLargeKeepsNoOtherWaiting() throws ExecutionException, InterruptedException {
    first.refusal = new RecordTooLargeException("2 MB");
    publisher.deliver(List.of(record("a")));
    assertFalse(first.closed());
  }

  private static ProducerRecord<byte[], byte[]> record(String topic) {
    return new ProducerRecord<>(topic, new byte[1]);
  }

  /** Throws at once, or refuses what it was given. */
  private static final class Failing extends MockProducer<byte[], byte[]> {

    private RuntimeException thrown;
    private RuntimeException refusal;

    Failing() {
      super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, Callback callback) {
      if (thrown != null) {
        throw thrown;
      }
      Future<RecordMetadata> sent = super.send(record, callback);
      boolean told = refusal == null ? completeNext() : errorNext(refusal);
      assertTrue(told);
      return sent;
    }
  }
}
