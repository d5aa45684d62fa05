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
import vigie.access.MachineFault;
import vigie.alert.patrol.log.PatrolLog;
import vigie.alert.patrol.log.Slice;
import vigie.alert.patrol.protocol.Position;

/**
 * The units whose connections one event loop serves, where every method runs but {@link #wake}.
 * Units that are at the same position share what comes after it.
 */
final class Crew {

  private static final Logger LOG = Logger.getLogger(Crew.class);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Entries that are read at once. */
  private static final int BURST = 64;

  /** Batches that are kept; units that catch up are at different positions. */
  private static final int BATCHES = 64;

  private final EventLoop eventLoop;
  private final PatrolLog log;
  private final Set<Puller> units = new HashSet<>();
  private final Map<Position, Batch> batches = new LinkedHashMap<>(16, 0.75f, true);
  private final AtomicBoolean woken = new AtomicBoolean();

  Crew(EventLoop eventLoop, PatrolLog log) {
    this.eventLoop = eventLoop;
    this.log = log;
  }

  void add(Puller unit) {
    units.add(unit);
  }

  void remove(Puller unit) {
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
    batches.values().forEach(Batch::release);
    batches.clear();
    each(Puller::deliver);
  }

  /** Has every unit say that it is there. */
  void heartbeat() {
    eventLoop.execute(() -> each(Puller::heartbeat));
  }

  /** Sends every unit away. */
  void end(CloseReason reason) {
    eventLoop.execute(() -> each(unit -> unit.end(reason)));
  }

  /** What fails for one unit ends that one, and the others have their turn. */
  private void each(Consumer<Puller> action) {
    for (Puller unit : List.copyOf(units)) {
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
  Optional<Batch> after(Position position) {
    Batch known = batches.get(position);
    return known != null
        ? Optional.of(known)
        : log.recent(position, BURST).map(slice -> keep(position, slice));
  }

  /**
   * The same, from Kafka. What leads no further, since Kafka does not hold it (any more, or yet),
   * comes after a pause, so that asking again and again costs little.
   */
  Uni<Batch> replayed(Position position) {
    return log.replayed(position, BURST)
        .emitOn(eventLoop)
        .map(
            slice ->
                Optional.ofNullable(batches.get(position)).orElseGet(() -> keep(position, slice)))
        .flatMap(this::inTime);
  }

  private Uni<Batch> inTime(Batch batch) {
    Uni<Batch> now = Uni.createFrom().item(batch);
    return batch.moves() ? now : now.onItem().delayIt().onExecutor(eventLoop).by(PAUSE);
  }

  private Batch keep(Position position, Slice slice) {
    Batch batch = new Batch(position, slice);
    batches.put(position, batch);
    if (batches.size() > BATCHES) {
      batches.remove(batches.keySet().iterator().next()).release();
    }
    return batch;
  }
}
