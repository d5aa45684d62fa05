// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends batches to ingest-service, several at a time, and each again with the same ids until it is
 * answered for good. {@link #send} is called by one thread; the requests run on threads of their
 * own.
 */
final class Laptops {

  private final URI server;
  private final Tokens tokens;
  private final int inFlight;
  private final Receipts receipts;
  private final Tally tally;
  private final HttpClient http;
  private final ExecutorService threads;
  private final Semaphore free;
  private final FailsafeExecutor<Answer> patiently;
  private final AtomicReference<String> lastFailure = new AtomicReference<>();

  Laptops(
      URI server, Tokens tokens, int inFlight, Duration patience, Receipts receipts, Tally tally) {
    this.server = server;
    this.tokens = tokens;
    this.inFlight = inFlight;
    this.receipts = receipts;
    this.tally = tally;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    this.threads = Executors.newFixedThreadPool(inFlight);
    this.free = new Semaphore(inFlight);
    this.patiently = Failsafe.with(retryPolicy(patience));
  }

  private RetryPolicy<Answer> retryPolicy(Duration patience) {
    return RetryPolicy.<Answer>builder()
        .handle(IOException.class)
        .handleResultIf(Answer::isWorthRetrying)
        .withBackoff(Duration.ofMillis(100), Duration.ofSeconds(5))
        .withJitter(0.3)
        .withDelayFn(context -> askedDelay(context.getLastResult()))
        .withMaxAttempts(-1)
        .withMaxDuration(patience)
        .onRetry(attempt -> tally.retried())
        .build();
  }

  /** What {@code Retry-After} asks for; a negative delay means the backoff's. */
  private static Duration askedDelay(Answer answer) {
    return Optional.ofNullable(answer).flatMap(Answer::retryAfter).orElse(Duration.ofMillis(-1));
  }

  /** Sends the batch; waits only while as many requests as allowed are under way. */
  void send(Batch batch) throws InterruptedException {
    free.acquire();
    tally.sent(batch.events().size());
    threads.execute(
        () -> {
          try {
            settle(batch, patiently.get(() -> post(batch)));
          } catch (FailsafeException | IOException | IllegalStateException e) {
            lastFailure.set(e.getMessage());
            tally.failed(batch.events().size());
          } finally {
            free.release();
          }
        });
  }

  private Answer post(Batch batch) throws IOException, InterruptedException {
    return Answer.of(
        http.send(batch.request(server, tokens), HttpResponse.BodyHandlers.ofString()));
  }

  private void settle(Batch batch, Answer answer) throws IOException {
    Map<Integer, String> rejected = answer.rejected();
    if (!answer.isAccepted() && rejected.isEmpty()) {
      throw new IOException("ingest-service answered " + answer.status());
    }
    rejected.values().forEach(tally::rejected);
    if (answer.isAccepted()) {
      int acknowledged = batch.events().size() - rejected.size();
      if (answer.ids().size() != acknowledged) {
        throw new IOException(
            "ingest-service named %d ids of %d events"
                .formatted(answer.ids().size(), acknowledged));
      }
      receipts.add(batch.kind(), answer.ids());
      tally.acknowledged(acknowledged, Duration.between(batch.due(), Instant.now()));
    }
  }

  /** Why the last batch that failed did so, or null. */
  String lastFailure() {
    return lastFailure.get();
  }

  /** Waits until all that was sent is answered or given up; nothing can be sent after it. */
  void awaitAnswers() throws InterruptedException {
    free.acquire(inFlight);
    threads.shutdown();
  }
}
