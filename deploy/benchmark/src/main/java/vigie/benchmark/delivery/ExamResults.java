// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.delivery;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Laptops that send results one by one at a steady rate, however long the answers take. Results are
 * numbered like {@link ExamAlerts}; one in ten is below the threshold. Safe for use by several
 * threads.
 */
final class ExamResults implements AutoCloseable {

  static final String EXERCISE = "c-timing";
  static final int THRESHOLD = 10;

  private static final int CONNECTIONS = 64;
  private static final int MAX_UNANSWERED = 256;
  private static final int ACCEPTED = 202;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http =
      vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(CONNECTIONS));
  private final Random random = new Random(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final int port;
  private final long[] answeredAt;
  private final boolean[] alerts;
  private final AtomicInteger answered = new AtomicInteger();
  private long start;
  private int sent;

  /**
   * @param port of ingest-service
   * @param count how many results there will be
   */
  ExamResults(int port, int count) {
    this.port = port;
    this.answeredAt = new long[count];
    this.alerts = new boolean[count];
  }

  /**
   * Begins to send {@code rate} results a second. The first {@code warmUp} ones come more slowly
   * while too many are unanswered, since services that have just started fall behind.
   */
  void send(int rate, int warmUp) {
    start = System.nanoTime();
    vertx.setPeriodic(
        1,
        timer -> {
          if (sent < warmUp && sent - answered.get() > MAX_UNANSWERED) {
            start = System.nanoTime() - sent * TimeUnit.SECONDS.toNanos(1) / rate;
          }
          long due = (System.nanoTime() - start) * rate / TimeUnit.SECONDS.toNanos(1);
          while (sent < Math.min(due, answeredAt.length)) {
            post(sent++);
          }
          if (sent == answeredAt.length) {
            boolean unused = vertx.cancelTimer(timer);
          }
        });
  }

  /** Whether all results were answered, or one was not accepted. */
  boolean isOver() {
    return answered.get() == answeredAt.length || failure.get() != null;
  }

  private void post(int number) {
    // In hundredths, as it is written: else one just below the threshold would be sent as it.
    double score = random.nextInt(10_000) / 100.0;
    alerts[number] = score < THRESHOLD;
    Buffer result = Buffer.buffer(result(number, score, random.nextInt(Areas.COUNT)));
    var unused =
        http.request(HttpMethod.POST, port, "127.0.0.1", "/v1/results")
            .compose(request -> request.putHeader("Content-Type", "application/json").send(result))
            .onSuccess(
                response -> {
                  synchronized (this) {
                    answeredAt[number] = System.nanoTime();
                  }
                  answered.incrementAndGet();
                  if (response.statusCode() != ACCEPTED) {
                    failed(new IOException("ingest-service answers " + response.statusCode()));
                  }
                })
            .onFailure(this::failed);
  }

  private void failed(Throwable reason) {
    boolean unused = failure.compareAndSet(null, reason);
  }

  private static String result(int number, double score, int area) {
    return String.format(
        Locale.ROOT,
        "{\"id\":\"%s\",\"timestamp\":\"%s\",\"studentId\":\"%s\",\"latitude\":%.3f,"
            + "\"longitude\":%.3f,\"exerciseId\":\"%s\",\"score\":%.2f}",
        ExamAlerts.eventId(number),
        Instant.now(),
        ExamAlerts.student(number),
        Areas.latitude(area),
        Areas.longitude(area),
        EXERCISE,
        score);
  }

  /** When result {@code number} was answered, nanoseconds; 0 when it was not. */
  synchronized long answeredAt(int number) {
    return answeredAt[number];
  }

  /** Alerts among the results [{@code from}, {@code to}). */
  int alerts(int from, int to) {
    int count = 0;
    for (int number = from; number < to; number++) {
      count += alerts[number] ? 1 : 0;
    }
    return count;
  }

  /**
   * Makes sure that the laptops were served.
   *
   * @throws IOException when any result was not accepted
   */
  void check() throws IOException {
    if (failure.get() != null) {
      throw new IOException("A result was not accepted", failure.get());
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
