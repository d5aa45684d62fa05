// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import vigie.alert.patrol.log.RequestCoalescer;
import vigie.alert.patrol.protocol.MalformedFrameException;
import vigie.alert.quorum.Quorum;
import vigie.alert.quorum.QuorumRedisClient;

/**
 * What each unit has acknowledged, in Redis. Reads and writes are gathered while one is under way
 * and go out together. The newest position of each unit is written, confirmed by all replicas. One
 * that fails is repeated; until it succeeds the stored cursor is older, so that a unit gets alerts
 * again, never too few.
 */
@Singleton
class CursorStore {

  private static final Logger LOG = Logger.getLogger(CursorStore.class);
  private static final String KEY = "vigie:cursor:";
  private static final long PAUSE_MILLIS = 1000;

  private final Redis redis;
  private final QuorumRedisClient quorumRedis;
  private final Vertx vertx;
  private final Counter failures;
  private final RequestCoalescer<String, Optional<AcknowledgedPosition>> loads =
      new RequestCoalescer<>(this::load);
  private final Map<String, AcknowledgedPosition> waiting = new ConcurrentHashMap<>();
  private final AtomicBoolean writing = new AtomicBoolean();

  CursorStore(Redis redis, QuorumRedisClient quorumRedis, Vertx vertx, MeterRegistry metrics) {
    this.redis = redis;
    this.quorumRedis = quorumRedis;
    this.vertx = vertx;
    this.failures =
        Counter.builder("vigie.cursor.write.failures")
            .description("Writes of acknowledged cursors that were not confirmed and are repeated")
            .register(metrics);
  }

  /** What {@code unit} is known to have dealt with. Not confirmed: an older one loses nothing. */
  Uni<Optional<AcknowledgedPosition>> load(String unit) {
    return Uni.createFrom().completionStage(() -> loads.ask(unit));
  }

  private CompletionStage<Map<String, Optional<AcknowledgedPosition>>> load(Set<String> units) {
    List<String> names = List.copyOf(units);
    Request read = Request.cmd(Command.MGET);
    names.forEach(unit -> read.arg(KEY + unit));
    return redis
        .send(read)
        .timeout(PAUSE_MILLIS, MILLISECONDS)
        .map(
            stored -> {
              Map<String, Optional<AcknowledgedPosition>> positions = new HashMap<>();
              for (int i = 0; i < names.size(); i++) {
                positions.put(
                    names.get(i), Optional.ofNullable(stored.get(i)).map(CursorStore::parse));
              }
              return positions;
            })
        .toCompletionStage();
  }

  /** Keeps {@code acknowledged} for {@code unit}, soon. */
  void save(String unit, AcknowledgedPosition acknowledged) {
    waiting.put(unit, acknowledged);
    write();
  }

  private void write() {
    if (waiting.isEmpty() || !writing.compareAndSet(false, true)) {
      return;
    }
    Map<String, AcknowledgedPosition> taken = new HashMap<>();
    waiting.keySet().forEach(unit -> taken.put(unit, waiting.remove(unit)));
    // Also what is thrown at once fails a write, which is repeated, and does not end all writing.
    Future<Response> written =
        taken.isEmpty()
            ? Future.succeededFuture()
            : Future.succeededFuture(taken).compose(this::write);
    written.onComplete(
        done -> {
          if (done.succeeded()) {
            again();
          } else {
            LOG.debugf("Cursors of %d units wait: %s", taken.size(), done.cause().getMessage());
            failures.increment();
            taken.forEach(waiting::putIfAbsent);
            vertx.setTimer(PAUSE_MILLIS, timer -> again());
          }
        });
  }

  private Future<Response> write(Map<String, AcknowledgedPosition> positions) {
    Request all = Request.cmd(Command.MSET);
    positions.forEach((unit, acknowledged) -> all.arg(KEY + unit).arg(acknowledged.text()));
    return quorumRedis.ask(all, Quorum.ALL);
  }

  private void again() {
    writing.set(false);
    write();
  }

  private static AcknowledgedPosition parse(Response stored) {
    try {
      return AcknowledgedPosition.parse(stored.toString());
    } catch (MalformedFrameException e) {
      throw new IllegalStateException("Redis holds '%s' as a cursor".formatted(stored), e);
    }
  }
}
