// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.fence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import vigie.alert.AlertConfig;
import vigie.alert.DeliberateFault;

/**
 * Asks Redis and believes the answer only when replicas confirm it.
 *
 * <p>Each request travels on a connection that nobody else uses meanwhile, in one pipeline with a
 * message and a {@code WAIT}: {@code request; PUBLISH; WAIT quorum}. Replication is one ordered
 * stream, and {@code WAIT} counts the replicas that are known to have read up to where it was when
 * the connection's last command ended. They may have read that before they froze, or before they
 * followed another primary; so the message, to which nobody listens, puts something new into the
 * stream. A replica that has read it holds everything that the answer rests on, also when somebody
 * else wrote it, and on its disk, since it says so only after its file is written. The message
 * itself is in no file: were it a write, three servers would flush their disks for each question.
 * Only a primary answers {@code WAIT}; when it or the message is refused, so is the whole pipeline.
 *
 * <p>A request that was given up may still be carried out. Its connection stays usable, since
 * answers come in order; if they never come, the read idle timeout closes it.
 */
@Singleton
public class Fence {

  /** What the client adds to the replicas' time before it gives up on the primary itself. */
  private static final Duration ROUND_TRIP = Duration.ofMillis(500);

  private static final Request MESSAGE = Request.cmd(Command.PUBLISH).arg("vigie:fence").arg("");

  private final Redis redis;
  private final int replicas;
  private final boolean unfencedReads;
  private final boolean majorityWrites;
  private final long timeoutMillis;
  private final Timer latency;
  private final Counter refusals;

  Fence(Redis redis, AlertConfig config, MeterRegistry metrics) {
    if (config.replicas() < 1) {
      throw new IllegalArgumentException("vigie.alert.replicas must be 1 or more");
    }
    this.redis = redis;
    this.replicas = config.replicas();
    this.unfencedReads = DeliberateFault.UNFENCED_READS.isOn(config);
    this.majorityWrites = DeliberateFault.MAJORITY_WRITES.isOn(config);
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

  /** The answer to {@code request}, or an {@link UnconfirmedException} as the only failure. */
  public Future<Response> ask(Request request, Quorum quorum) {
    return ask(request, quorumOf(quorum), answer -> true);
  }

  /**
   * The answer to a reading {@code request}, or an {@link UnconfirmedException} as the only
   * failure. When {@code settled} knows all of the answer to be held by every server, a majority
   * confirms that it is the current one; else every replica has to confirm it, which settles it.
   */
  public Future<Response> read(Request request, Predicate<Response> settled) {
    return unfencedReads
        ? redis.send(request).recover(failure -> Future.failedFuture(unanswered(failure)))
        : ask(request, Quorum.MAJORITY.of(replicas), settled);
  }

  /** Sends what nothing depends on: its answer proves nothing, its failure does no harm. */
  public Future<Response> tell(Request request) {
    return redis.send(request).timeout(timeoutMillis, TimeUnit.MILLISECONDS);
  }

  private Future<Response> ask(Request request, int needed, Predicate<Response> settled) {
    long start = System.nanoTime();
    return redis
        .connect()
        .compose(
            connection ->
                confirmed(connection, request, needed, settled)
                    .eventually(() -> connection.close()))
        .timeout(timeoutMillis + ROUND_TRIP.toMillis(), TimeUnit.MILLISECONDS)
        .recover(failure -> Future.failedFuture(unanswered(failure)))
        .onSuccess(answer -> latency.record(System.nanoTime() - start, TimeUnit.NANOSECONDS))
        .onFailure(failure -> refusals.increment());
  }

  private Future<Response> confirmed(
      RedisConnection connection, Request request, int needed, Predicate<Response> settled) {
    return connection
        .batch(List.of(request, MESSAGE, waitFor(needed)))
        .compose(
            answers -> {
              Response answer = answers.get(0);
              int confirmations = answers.get(2).toInteger();
              if (confirmations < needed) {
                return Future.failedFuture(tooFew(confirmations, needed));
              }
              if (confirmations >= replicas || settled.test(answer)) {
                return Future.succeededFuture(answer);
              }
              return connection
                  .send(waitFor(replicas))
                  .compose(
                      all ->
                          all.toInteger() >= replicas
                              ? Future.succeededFuture(answer)
                              : Future.failedFuture(tooFew(all.toInteger(), replicas)));
            });
  }

  private Request waitFor(int confirmations) {
    return Request.cmd(Command.WAIT).arg(confirmations).arg(timeoutMillis);
  }

  private int quorumOf(Quorum quorum) {
    return (majorityWrites ? Quorum.MAJORITY : quorum).of(replicas);
  }

  private static UnconfirmedException tooFew(int confirmations, int needed) {
    return new UnconfirmedException(
        "%d of the %d Redis replicas needed confirmed in time".formatted(confirmations, needed));
  }

  private static UnconfirmedException unanswered(Throwable failure) {
    if (failure instanceof UnconfirmedException already) {
      return already;
    }
    String what =
        failure instanceof TimeoutException ? "Redis did not answer: " : "Redis refused: ";
    return new UnconfirmedException(what + failure.getMessage(), failure);
  }
}
