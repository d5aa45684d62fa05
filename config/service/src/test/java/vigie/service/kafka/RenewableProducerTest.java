// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class RenewableProducerTest {

  private final MockProducer<byte[], byte[]> first = producer();
  private final MockProducer<byte[], byte[]> second = producer();
  private final MockProducer<byte[], byte[]> third = producer();
  private final Queue<MockProducer<byte[], byte[]>> next = new ArrayDeque<>(List.of(second, third));
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final RenewableProducer producers =
      new RenewableProducer(first, next::remove, tasks::add, () -> 0);

  @Test
  void aRenewalReplacesTheProducerInUse() {
    producers.renew("the wall clock was set back");
    run();
    assertTrue(first.closed());
    assertSame(second, producers.current());
  }

  @Test
  void aProducerThatWasReplacedMeanwhileIsNotReplacedAgain() {
    producers.renew("the wall clock was set back");
    producers.noteFailure(first, new KafkaException("in a fatal state"));
    run();
    assertFalse(second.closed());
    assertSame(second, producers.current());
  }

  @Test
  void afterTheCloseNoProducerIsMade() {
    producers.close();
    producers.renew("the wall clock was set back");
    run();
    assertSame(first, producers.current());
  }

  private void run() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  private static MockProducer<byte[], byte[]> producer() {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
