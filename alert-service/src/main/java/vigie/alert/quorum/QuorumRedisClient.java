// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.quorum;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import vigie.alert.AlertConfig;

/**
 * Asks Redis and believes the answer only when replicas confirm it.
 *
 * <p>Each request travels on a connection that no other request uses meanwhile, in one pipeline
 * with a message and a {@code WAIT}: {@code request; PUBLISH; WAIT quorum}. Replication is one
 * ordered stream, and {@code WAIT} counts the replicas that are known to have read up to where it
 * was when the connection's last command ended. They may have read that before they froze, or
 * before they followed another primary. So the message, which has no subscribers, puts something
 * new into the stream. A replica that has read it holds everything that the answer rests on, also
 * what another client wrote. The replica holds it on its disk, since it confirms only after its
 * file is written. The message itself is in no file: were it a write, three servers would flush
 * their disks for each question. Only a primary answers {@code WAIT}; when it or the message is
 * refused, so is the whole pipeline.
 *
 * <p>A request that was given up may still be carried out. Its connection stays usable, since
 * answers come in order; if they never come, the read idle timeout closes it.
 */
@Singleton
public class QuorumRedisClient {

  /** What the client adds to the replicas' time before it gives up on the primary itself. */
  private static final Duration ROUND_TRIP = Duration.ofMillis(500);

  private final Redis redis;
  private final ReplicaCircuitBreaker breaker;
  private final AtomicReference<Future<Void>> roundCall = new AtomicReference<>();
  private final QuorumGuarantees guarantees;
  private final int replicas;
  private final long timeoutMillis;
  private final Timer latency;
  private final Counter refusals;

  QuorumRedisClient(
      Redis redis, ReplicaCircuitBreaker breaker, AlertConfig config, MeterRegistry metrics) {
    this.redis = redis;
    this.breaker = breaker;
    this.guarantees = QuorumGuarantees.of(config);
    this.replicas = guarantees.replicas();
    this.timeoutMillis = config.fence().timeout().toMillis();
    this.latency =
        Timer.builder("vigie.fence.latency")
            .description("From the request to its confirmation by the replicas")
            .publishPercentileHistogram()
            .register(metrics);
    this.refusals =
        Counter.builder("vigie.fence.refusals")
            .description("Answers of Redis that were not confirmed and not used")
            .register(metrics);
  }

  /** The answer to {@code request}, or an {@link QuorumNotReachedException} as the only failure. */
  public Future<Response> ask(Request request, Quorum quorum) {
    return ask(request, guarantees.needed(quorum), timeoutMillis, answer -> true)
        .map(ConfirmedResponse::answer);
  }

  /**
   * Whether all replicas answer: done, or an {@link QuorumNotReachedException} as the only failure.
   * To be asked before a change, so that one that cannot be confirmed is not even tried. It proves
   * nothing of the change, which has to be confirmed itself; so all who ask at the same time share
   * one question and its connection, and that not all answer is remembered for a moment.
   */
  public Future<Void> allPresent() {
    Optional<QuorumNotReachedException> absent = breaker.known();
    if (absent.isPresent()) {
      return Future.failedFuture(absent.get());
    }
    Promise<Void> own = Promise.promise();
    Future<Void> others = roundCall.compareAndExchange(null, own.future());
    if (others != null) {
      return onThisContext(others);
    }
    Future<Void> answered = onThisContext(own.future());
    ask(Request.cmd(Command.PING), guarantees.needed(Quorum.ALL), promptMillis(), answer -> true)
        .<Void>mapEmpty()
        .onComplete(
            answer -> {
              // Before anybody is told: who asks again then needs a new answer.
              roundCall.set(null);
              own.handle(answer);
            });
    return answered;
  }

  /**
   * The answer to a reading {@code request}, or an {@link QuorumNotReachedException} as the only
   * failure: a majority confirms that it is the current one. When {@code held} does not know all of
   * it to be held by every server, every replica is asked to confirm it; whether all did is told
   * with it, since that the rest is not settled must not keep anybody from what is.
   */
  public Future<ConfirmedResponse> read(Request request, Predicate<Response> held) {
    if (!guarantees.readsConfirmed()) {
      return redis
          .send(request)
          .map(answer -> new ConfirmedResponse(answer, true))
          .recover(failure -> Future.failedFuture(unanswered(failure)));
    }
    return guarantees.unheldByAll()
        ? ask(request, Quorum.MAJORITY.of(replicas), timeoutMillis, held)
        : ask(request, Quorum.MAJORITY.of(replicas), timeoutMillis, answer -> true)
            .map(confirmed -> new ConfirmedResponse(confirmed.answer(), true));
  }

  /** Sends what nothing depends on: its answer proves nothing, its failure does no harm. */
  public Future<Response> tell(Request request) {
    return redis.send(request).timeout(timeoutMillis, TimeUnit.MILLISECONDS);
  }

  private Future<ConfirmedResponse> ask(
      Request request, int needed, long patience, Predicate<Response> held) {
    long start = System.nanoTime();
    return redis
        .connect()
        .compose(
            connection ->
                confirmed(connection, request, needed, patience, held)
                    .eventually(() -> connection.close()))
        .timeout(timeoutMillis + ROUND_TRIP.toMillis(), TimeUnit.MILLISECONDS)
        .recover(failure -> Future.failedFuture(unanswered(failure)))
        .onSuccess(answer -> latency.record(System.nanoTime() - start, TimeUnit.NANOSECONDS))
        .onFailure(failure -> refusals.increment());
  }

  private Future<ConfirmedResponse> confirmed(
      RedisConnection connection,
      Request request,
      int needed,
      long patience,
      Predicate<Response> held) {
    return connection
        .batch(List.of(request, guarantees.message(), waitFor(needed, patience)))
        .compose(
            answers -> {
              Response answer = answers.get(0);
              int confirmations = counted(answers.get(2), needed);
              if (confirmations < needed) {
                return Future.failedFuture(tooFew(confirmations, needed));
              }
              return confirmations >= replicas || held.test(answer)
                  ? Future.succeededFuture(new ConfirmedResponse(answer, confirmations >= replicas))
                  : byAll(connection).map(all -> new ConfirmedResponse(answer, all));
            });
  }

  /** Whether all replicas confirm what the connection asked last; known to be not is not asked. */
  private Future<Boolean> byAll(RedisConnection connection) {
    return breaker.known().isPresent()
        ? Future.succeededFuture(false)
        : connection
            .send(waitFor(replicas, promptMillis()))
            .map(all -> counted(all, replicas) >= replicas);
  }

  private int counted(Response confirmations, int needed) {
    int count = confirmations.toInteger();
    if (count >= replicas) {
      breaker.ends();
    } else if (needed >= replicas) {
      breaker.begins(tooFew(count, needed).getMessage());
    }
    return count;
  }

  private static Request waitFor(int confirmations, long patience) {
    return Request.cmd(Command.WAIT).arg(confirmations).arg(patience);
  }

  /** For questions that may be asked again at no cost: nothing was written. */
  private long promptMillis() {
    return Math.max(1, timeoutMillis / 2);
  }

  /** A shared answer comes on the context of the first caller; callers expect their own. */
  private static Future<Void> onThisContext(Future<Void> shared) {
    Context context = Vertx.currentContext();
    if (context == null) {
      return shared;
    }
    Promise<Void> here = Promise.promise();
    shared.onComplete(answer -> context.runOnContext(now -> here.handle(answer)));
    return here.future();
  }

  private static QuorumNotReachedException tooFew(int confirmations, int needed) {
    return new QuorumNotReachedException(
        "%d of the %d Redis replicas needed confirmed in time".formatted(confirmations, needed));
  }

  private static QuorumNotReachedException unanswered(Throwable failure) {
    if (failure instanceof QuorumNotReachedException already) {
      return already;
    }
    String what =
        failure instanceof TimeoutException ? "Redis did not answer: " : "Redis refused: ";
    return new QuorumNotReachedException(what + failure.getMessage(), failure);
  }
}
