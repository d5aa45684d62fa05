// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.dashboard;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.parsetools.RecordParser;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * Many pages at once, as the service sees them: each holds a live stream and, when that tells of a
 * publication, asks for what the overview shows, compressed and with the tag of what it has.
 */
final class Viewers implements AutoCloseable {

  static final List<String> ANSWERS =
      List.of(
          "/v1/exercises/success-rates",
          "/v1/activity/summary",
          "/v1/pipeline",
          "/v1/exercises/" + Publisher.WATCHED + "/failure-places?limit=20000&resolution=5",
          "/v1/exercises/" + Publisher.WATCHED + "/minutes");

  private static final Duration GIVES_UP = Duration.ofSeconds(30);

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
  private final HttpClient streams;
  private final HttpClient figures;
  private final AtomicLong served = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicReference<Throwable> trouble = new AtomicReference<>();
  private volatile long lastServed;

  Viewers(int port, int most) {
    HttpClientOptions options =
        new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port);
    PoolOptions room = new PoolOptions().setHttp1MaxSize(Math.max(1, most)).setMaxWaitQueueSize(-1);
    streams = vertx.createHttpClient(options, room);
    figures = vertx.createHttpClient(options, room);
  }

  /** Opens so many streams more. */
  CompletableFuture<Void> open(int more) {
    return Future.all(IntStream.range(0, more).mapToObj(i -> new Viewer().open()).toList())
        .<Void>mapEmpty()
        .toCompletionStage()
        .toCompletableFuture();
  }

  /** How often one of them has had all that a publication changed. */
  long served() throws Exception {
    Throwable failure = trouble.get();
    if (failure != null) {
      throw new IllegalStateException("A viewer was not served", failure);
    }
    return served.get();
  }

  /** When that was last so, milliseconds. */
  long lastServed() {
    return lastServed;
  }

  /** What was sent to them beside the streams, compressed, without headers. */
  long bytes() {
    return bytes.get();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** One page; all of them are on one thread. */
  private final class Viewer {

    private final String[] tags = new String[ANSWERS.size()];
    private boolean asking;
    private boolean again;

    private Future<Void> open() {
      return streams
          .request(HttpMethod.GET, "/v1/live")
          .compose(request -> request.putHeader("Accept", "text/event-stream").send())
          .onSuccess(
              stream -> {
                stream.exceptionHandler(Viewers.this::fail);
                stream.handler(RecordParser.newDelimited("\n", line -> hear(line.toString())));
              })
          .mapEmpty();
    }

    private void hear(String line) {
      if (line.startsWith("event:publication")) {
        again = asking;
        if (!asking) {
          ask();
        }
      }
    }

    private void ask() {
      asking = true;
      Future.all(IntStream.range(0, ANSWERS.size()).mapToObj(this::fetch).toList())
          .onFailure(Viewers.this::fail)
          .onSuccess(
              all -> {
                asking = false;
                lastServed = System.currentTimeMillis();
                served.incrementAndGet();
                if (again) {
                  again = false;
                  ask();
                }
              });
    }

    private Future<Void> fetch(int answer) {
      return figures
          .request(HttpMethod.GET, ANSWERS.get(answer))
          .compose(request -> send(request, tags[answer]))
          .compose(
              response -> {
                tags[answer] = response.getHeader("ETag");
                return read(response);
              });
    }

    private static Future<HttpClientResponse> send(HttpClientRequest request, String tag) {
      request.putHeader("Accept", "application/json").putHeader("Accept-Encoding", "gzip");
      if (tag != null) {
        request.putHeader("If-None-Match", tag);
      }
      return request.idleTimeout(GIVES_UP.toMillis()).send();
    }

    private Future<Void> read(HttpClientResponse response) {
      int status = response.statusCode();
      return status == 200 || status == 304
          ? response.body().onSuccess(body -> bytes.addAndGet(body.length())).mapEmpty()
          : Future.failedFuture("An answer had the status " + status);
    }
  }

  private void fail(Throwable failure) {
    trouble.compareAndSet(null, failure);
  }
}
