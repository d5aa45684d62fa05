// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.kafka;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Counts the acknowledgements of one request's records and ends with the last of them. It waits for
 * all even after a failure: until then the producer holds the request's bytes.
 */
final class AckCollector implements Callback {

  /** One more than the records on their way: the sender's own share, until it has sent all. */
  private final AtomicInteger open = new AtomicInteger(1);

  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final Consumer<Exception> failures;
  private volatile Exception failure;

  /**
   * @param failures is told each
   */
  AckCollector(Consumer<Exception> failures) {
    this.failures = failures;
  }

  void sending() {
    open.incrementAndGet();
  }

  boolean hasFailed() {
    return failure != null;
  }

  CompletionStage<Void> allSent() {
    close();
    return end;
  }

  /** Called on the producer's own thread, or within {@code send} when nothing can be sent. */
  @Override
  public void onCompletion(RecordMetadata metadata, Exception e) {
    if (e != null) {
      failure = e;
      failures.accept(e);
    }
    close();
  }

  private void close() {
    if (open.decrementAndGet() > 0) {
      return;
    }
    if (failure == null) {
      end.complete(null);
    } else {
      end.completeExceptionally(failure);
    }
  }
}
