// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaEventSinkTest {

  private static final List<Outcome.Accepted> THREE = List.of(event("a"), event("b"), event("c"));

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final KafkaEventSink sink = new KafkaEventSink(producer, "topic");

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

  private static Outcome.Accepted event(String studentId) {
    return new Outcome.Accepted(studentId.getBytes(UTF_8), new byte[] {1});
  }
}
