// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * One connected unit. All of its state belongs to the event loop of its connection, where every
 * method runs but {@link #wake} and {@link #heartbeat}. It holds a position, not entries: at most
 * one read and its frames are under way, and nothing is read while the window of unacknowledged
 * entries is full, so that a slow unit costs no memory.
 */
final class Subscription {

  private static final Logger LOG = Logger.getLogger(Subscription.class);
  private static final int BURST = 64;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final WebSocketConnection connection;
  private final Context eventLoop;
  private final PatrolLog log;
  private final CursorStore cursors;
  private final Wish wish;
  private final int window;

  /** The positions after each entry that was sent and not acknowledged, oldest first. */
  private final Deque<Position> unacknowledged = new ArrayDeque<>();

  private final Conduct conduct = new Conduct();
  private final AtomicBoolean woken = new AtomicBoolean();
  private Position position;
  private Position acknowledged;
  private boolean busy;
  private boolean again;

  Subscription(
      WebSocketConnection connection,
      Context eventLoop,
      PatrolLog log,
      CursorStore cursors,
      Wish wish,
      Position start,
      int window) {
    this.connection = connection;
    this.eventLoop = eventLoop;
    this.log = log;
    this.cursors = cursors;
    this.wish = wish;
    this.window = window;
    this.position = start;
    this.acknowledged = start;
  }

  Wish wish() {
    return wish;
  }

  /** Says, on any thread, that there may be new entries. */
  void wake() {
    if (woken.compareAndSet(false, true)) {
      eventLoop.runOnContext(
          ignored -> {
            woken.set(false);
            deliver();
          });
    }
  }

  /** Pings the unit, on any thread, or ends the connection if that was of no use before. */
  void heartbeat() {
    eventLoop.runOnContext(
        ignored -> {
          if (connection.isOpen()) {
            Uni<Void> beat =
                conduct
                    .heartbeat(unacknowledged.size() == window)
                    .map(connection::close)
                    .orElseGet(this::beat);
            beat.subscribe()
                .with(done -> {}, failure -> LOG.debugf(failure, "%s is gone", wish.unit()));
          }
        });
  }

  private Uni<Void> beat() {
    return connection
        .sendText(Frames.heartbeat(position))
        .chain(() -> connection.sendPing(Buffer.buffer()));
  }

  void onEventLoop(Runnable work) {
    eventLoop.runOnContext(ignored -> work.run());
  }

  Conduct conduct() {
    return conduct;
  }

  /**
   * Takes over a cumulative acknowledgement.
   *
   * @throws MalformedFrameException when it speaks of what was not sent
   */
  void acknowledge(Position cursor) throws MalformedFrameException {
    if (!position.covers(cursor)) {
      throw new MalformedFrameException("cursor-ahead", "That cursor was not sent yet");
    }
    while (!unacknowledged.isEmpty() && cursor.covers(unacknowledged.getFirst())) {
      unacknowledged.removeFirst();
      conduct.acknowledged();
    }
    if (cursor.covers(acknowledged) && !acknowledged.covers(cursor)) {
      acknowledged = cursor;
      cursors.save(wish.unit(), cursor);
    }
    deliver();
  }

  private void deliver() {
    int free = window - unacknowledged.size();
    if (busy) {
      again = true;
    } else if (free > 0 && connection.isOpen()) {
      busy = true;
      again = false;
      log.read(position, Math.min(free, BURST))
          .emitOn(this::onEventLoop)
          .flatMap(this::send)
          .subscribe()
          .with(this::sent, this::failed);
    }
  }

  /**
   * Sends what lies in the area, and answers whether the position moved. A frame that cannot be
   * sent ends the connection, since the position is past it; the unit resumes from its last cursor.
   */
  private Uni<Boolean> send(Slice slice) {
    boolean moved = !position.covers(slice.next());
    List<Uni<Void>> frames = new ArrayList<>(slice.entries().size());
    for (LogEntry entry : slice.entries()) {
      position = position.with(entry.lane(), entry.offset() + 1);
      if (wish.isMetBy(entry)) {
        unacknowledged.addLast(position);
        conduct.sent();
        frames.add(connection.sendText(Frames.entry(position, entry)));
      }
    }
    position = slice.next();
    return frames.isEmpty()
        ? Uni.createFrom().item(moved)
        : Uni.join().all(frames).andFailFast().onFailure().call(this::fail).replaceWith(moved);
  }

  private Uni<Void> fail() {
    return connection.isOpen()
        ? connection.close(CloseReason.INTERNAL_SERVER_ERROR)
        : Uni.createFrom().voidItem();
  }

  private void sent(boolean moved) {
    busy = false;
    if (moved || again) {
      wake();
    }
  }

  private void failed(Throwable failure) {
    if (connection.isOpen()) {
      LOG.debugf(failure, "%s waits for what comes after %s", wish.unit(), position);
      eventLoop
          .owner()
          .setTimer(
              PAUSE.toMillis(),
              timer ->
                  eventLoop.runOnContext(
                      ignored -> {
                        busy = false;
                        deliver();
                      }));
    }
  }
}
