// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import vigie.ingest.event.RecordOutcome;
import vigie.service.kafka.RenewableProducer;

class KafkaEventSinkTest {

  private static final List<RecordOutcome.Accepted> THREE =
      List.of(event("a"), event("b"), event("c"));

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final MockProducer<byte[], byte[]> next =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final KafkaEventSink sink =
      new KafkaEventSink(
          new RenewableProducer(producer, () -> next, Runnable::run, () -> 0), "topic");

  @Test
  void nothingIsAcknowledgedBeforeTheLastRecordIs() {
    CompletableFuture<Void> append = sink.append(THREE).toCompletableFuture();
    assertTrue(producer.completeNext());
    assertTrue(producer.completeNext());
    assertFalse(append.isDone());
    assertTrue(producer.completeNext());
    append.join();
  }

  @Test
  void oneLostRecordFailsTheWholeAfterAllHaveEnded() {
    CompletableFuture<Void> append = sink.append(THREE).toCompletableFuture();
    assertTrue(producer.errorNext(new NotEnoughReplicasException("one copy")));
    assertTrue(producer.completeNext());
    assertFalse(append.isDone());
    assertTrue(producer.completeNext());
    assertThrows(CompletionException.class, append::join);
  }

  @Test
  void aProducerThatCannotSendFailsAtOnceAndIsNotAskedAgain() {
    producer.sendException = new IllegalStateException("closed");
    CompletableFuture<Void> append = sink.append(THREE).toCompletableFuture();
    assertThrows(CompletionException.class, append::join);
    assertEquals(0, producer.history().size());
  }

  @Test
  void aProducerInAFatalStateIsReplacedAndTheNextRequestIsTaken() {
    producer.sendException = new KafkaException("in an error state");
    CompletableFuture<Void> refused = sink.append(THREE).toCompletableFuture();
    assertThrows(CompletionException.class, refused::join);
    assertTrue(producer.closed());

    sink.append(THREE).toCompletableFuture().join();
    assertEquals(3, next.history().size());
  }

  @Test
  void whatBrokersRefuseForNowLeavesTheProducer() {
    CompletableFuture<Void> append = sink.append(THREE).toCompletableFuture();
    for (int record = 0; record < 3; record++) {
      assertTrue(producer.errorNext(new NotEnoughReplicasException("one copy")));
    }
    assertThrows(CompletionException.class, append::join);
    assertFalse(producer.closed());
  }

  private static RecordOutcome.Accepted event(String studentId) {
    return new RecordOutcome.Accepted(studentId.getBytes(UTF_8), new byte[] {1});
  }
}
