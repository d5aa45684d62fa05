// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import io.netty.channel.EventLoop;
import io.quarkus.websockets.next.CloseReason;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import vigie.alert.patrol.log.AlertLog;
import vigie.alert.patrol.log.LogPage;
import vigie.alert.patrol.protocol.Position;
import vigie.service.MachineFault;

/**
 * The subscriptions that one event loop serves, where every method runs but {@link #wake}. Units at
 * the same position share the batch that follows it.
 */
final class EventLoopSubscriptions {

  private static final Logger LOG = Logger.getLogger(EventLoopSubscriptions.class);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Entries that are read at once. */
  private static final int BURST = 64;

  /** Batches that are kept; units that catch up are at different positions. */
  private static final int BATCHES = 64;

  private final EventLoop eventLoop;
  private final AlertLog log;
  private final Set<PullingSubscriber> units = new HashSet<>();
  private final Map<Position, FrameBatch> batches = new LinkedHashMap<>(16, 0.75f, true);
  private final AtomicBoolean woken = new AtomicBoolean();

  EventLoopSubscriptions(EventLoop eventLoop, AlertLog log) {
    this.eventLoop = eventLoop;
    this.log = log;
  }

  void add(PullingSubscriber unit) {
    units.add(unit);
  }

  void remove(PullingSubscriber unit) {
    units.remove(unit);
  }

  /** Says, on any thread, that there may be new entries. */
  void wake() {
    if (woken.compareAndSet(false, true)) {
      eventLoop.execute(this::deliver);
    }
  }

  /** What was read before may lack what is new. */
  private void deliver() {
    woken.set(false);
    batches.values().forEach(FrameBatch::release);
    batches.clear();
    each(PullingSubscriber::deliver);
  }

  /** Has every unit say that it is there. */
  void heartbeat() {
    eventLoop.execute(() -> each(PullingSubscriber::heartbeat));
  }

  /** Sends every unit away. */
  void end(CloseReason reason) {
    eventLoop.execute(() -> each(unit -> unit.end(reason)));
  }

  /** What fails for one unit ends that one, and the others have their turn. */
  private void each(Consumer<PullingSubscriber> action) {
    for (PullingSubscriber unit : List.copyOf(units)) {
      try {
        action.accept(unit);
      } catch (Throwable e) {
        if (MachineFault.is(e)) {
          MachineFault.endProcess(e);
        }
        LOG.error("A unit is sent away", e);
        unit.end(CloseReason.INTERNAL_SERVER_ERROR);
      }
    }
  }

  /** What comes after {@code position}, or nothing when it is not in memory any more. */
  Optional<FrameBatch> after(Position position) {
    FrameBatch known = batches.get(position);
    return known != null
        ? Optional.of(known)
        : log.recent(position, BURST).map(page -> keep(position, page));
  }

  /**
   * The same, from Kafka. What leads no further, since Kafka does not hold it (any more, or yet),
   * comes after a pause, so that asking again and again costs little.
   */
  Uni<FrameBatch> replayed(Position position) {
    return log.replayed(position, BURST)
        .emitOn(eventLoop)
        .map(
            page ->
                Optional.ofNullable(batches.get(position)).orElseGet(() -> keep(position, page)))
        .flatMap(this::inTime);
  }

  private Uni<FrameBatch> inTime(FrameBatch batch) {
    Uni<FrameBatch> now = Uni.createFrom().item(batch);
    return batch.moves() ? now : now.onItem().delayIt().onExecutor(eventLoop).by(PAUSE);
  }

  private FrameBatch keep(Position position, LogPage page) {
    FrameBatch batch = new FrameBatch(position, page);
    batches.put(position, batch);
    if (batches.size() > BATCHES) {
      batches.remove(batches.keySet().iterator().next()).release();
    }
    return batch;
  }
}
