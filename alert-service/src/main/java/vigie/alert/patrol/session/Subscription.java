// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import io.netty.channel.Channel;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import vigie.alert.patrol.admission.Ending;
import vigie.alert.patrol.admission.Line;
import vigie.alert.patrol.protocol.Frames;
import vigie.alert.patrol.protocol.LogEntry;
import vigie.alert.patrol.protocol.MalformedFrameException;
import vigie.alert.patrol.protocol.Position;
import vigie.alert.patrol.protocol.Wish;

/**
 * One connected unit. All of it belongs to the event loop of its connection, where every method
 * runs. It holds a position, not entries, and nothing is read while the window of unacknowledged
 * entries is full, so that a slow unit costs no memory.
 */
final class Subscription implements Puller {

  private static final Logger LOG = Logger.getLogger(Subscription.class);
  private static final long PAUSE_SECONDS = 1;

  /** Batches that one unit may take before others have their turn. */
  private static final int TURN = 8;

  private final WebSocketConnection connection;
  private final Channel channel;
  private final Crew crew;
  private final CursorStore cursors;
  private final Wish wish;
  private final Resumption start;
  private final int window;

  /** The positions after each entry that was sent and not acknowledged, oldest first. */
  private final Deque<Position> unacknowledged = new ArrayDeque<>();

  private final Conduct conduct = new Conduct();
  private Position position;
  private Position acknowledged;

  /** Whether what is needed next is being read from Kafka. */
  private boolean waiting;

  Subscription(
      WebSocketConnection connection,
      Crew crew,
      CursorStore cursors,
      Wish wish,
      Resumption start,
      int window) {
    this.connection = connection;
    this.channel = Line.of(connection);
    this.crew = crew;
    this.cursors = cursors;
    this.wish = wish;
    this.window = window;
    this.start = start;
    this.position = start.from();
    this.acknowledged = start.from();
  }

  Wish wish() {
    return wish;
  }

  Crew crew() {
    return crew;
  }

  @Override
  public void end(CloseReason reason) {
    Ending.of(connection, reason);
  }

  /** Pings the unit, or ends the connection if that was of no use before. */
  @Override
  public void heartbeat() {
    if (connection.isOpen()) {
      Uni<Void> beat =
          conduct
              .heartbeat(unacknowledged.size() == window)
              .map(connection::close)
              .orElseGet(this::beat);
      beat.subscribe().with(done -> {}, failure -> LOG.debugf(failure, "%s is gone", wish.unit()));
    }
  }

  private Uni<Void> beat() {
    return connection
        .sendText(Frames.heartbeat(position))
        .chain(() -> connection.sendPing(Buffer.buffer()));
  }

  void onEventLoop(Runnable work) {
    channel.eventLoop().execute(work);
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
      cursors.save(wish.unit(), new Bookmark(cursor, wish.area()));
    }
    deliver();
  }

  /** Sends what there is and the window has room for, all of it in one go. */
  @Override
  public void deliver() {
    boolean sent = false;
    for (int taken = 0; !waiting && channel.isActive() && hasRoom(); taken++) {
      Optional<Batch> next = crew.after(position);
      if (next.isEmpty()) {
        replay();
      } else if (!next.get().moves()) {
        break;
      } else if (taken == TURN) {
        onEventLoop(this::deliver);
        break;
      } else {
        sent |= take(next.get());
      }
    }
    if (sent) {
      channel.flush();
    }
  }

  private boolean hasRoom() {
    return unacknowledged.size() < window;
  }

  private void replay() {
    waiting = true;
    crew.replayed(position)
        .subscribe()
        .with(
            batch -> {
              waiting = false;
              if (channel.isActive() && take(batch)) {
                channel.flush();
              }
              // Not at once, so that units that are far behind take turns.
              onEventLoop(this::deliver);
            },
            this::failed);
  }

  /**
   * Hands what lies in the area to the channel, as far as the window has room, and answers whether
   * that was anything. A frame that cannot be sent ends the connection, since the position is past
   * it; the unit resumes from its last cursor.
   */
  private boolean take(Batch batch) {
    boolean any = false;
    int first = 0;
    int index = 0;
    while (index < batch.size() && hasRoom()) {
      LogEntry entry = batch.entry(index);
      if (wish.isMetBy(entry) && !start.isKnown(entry)) {
        unacknowledged.addLast(batch.after(index));
        conduct.sent();
      } else {
        any |= send(batch, first, index);
        first = index + 1;
      }
      index++;
    }
    any |= send(batch, first, index);
    position = index < batch.size() ? batch.before(index) : batch.next();
    return any;
  }

  /** The promise that is void lets a failure end the connection. */
  private boolean send(Batch batch, int first, int end) {
    if (first < end) {
      var unused = channel.write(batch.frames(first, end), channel.voidPromise());
    }
    return first < end;
  }

  private void failed(Throwable failure) {
    LOG.debugf("%s waits for what comes after %s: %s", wish.unit(), position, failure);
    var unused =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  waiting = false;
                  deliver();
                },
                PAUSE_SECONDS,
                TimeUnit.SECONDS);
  }
}
