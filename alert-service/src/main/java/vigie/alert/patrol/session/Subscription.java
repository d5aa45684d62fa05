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
import vigie.alert.patrol.admission.ConnectionCloser;
import vigie.alert.patrol.admission.NettyChannels;
import vigie.alert.patrol.protocol.FrameCodec;
import vigie.alert.patrol.protocol.LogEntry;
import vigie.alert.patrol.protocol.MalformedFrameException;
import vigie.alert.patrol.protocol.Position;
import vigie.alert.patrol.protocol.SubscribeRequest;

/**
 * One connected unit. All of it belongs to the event loop of its connection, where every method
 * runs. It holds a position, not entries, and nothing is read while the window of unacknowledged
 * entries is full, so that a slow unit costs no memory.
 */
final class Subscription implements PullingSubscriber {

  private static final Logger LOG = Logger.getLogger(Subscription.class);
  private static final long PAUSE_SECONDS = 1;

  /** Batches that one unit may take before others have their turn. */
  private static final int TURN = 8;

  private final WebSocketConnection connection;
  private final Channel channel;
  private final EventLoopSubscriptions subscriptions;
  private final CursorStore cursors;
  private final SubscribeRequest request;
  private final ResumePoint start;
  private final int window;

  /** The positions after each entry that was sent and not acknowledged, oldest first. */
  private final Deque<Position> unacknowledged = new ArrayDeque<>();

  private final ProtocolLimits limits = new ProtocolLimits();
  private Position position;

  /** Not the start: that one is stored too when the unit acknowledges it. */
  private Optional<Position> acknowledged = Optional.empty();

  /** Whether what is needed next is being read from Kafka. */
  private boolean waiting;

  Subscription(
      WebSocketConnection connection,
      EventLoopSubscriptions subscriptions,
      CursorStore cursors,
      SubscribeRequest request,
      ResumePoint start,
      int window) {
    this.connection = connection;
    this.channel = NettyChannels.of(connection);
    this.subscriptions = subscriptions;
    this.cursors = cursors;
    this.request = request;
    this.window = window;
    this.start = start;
    this.position = start.from();
  }

  SubscribeRequest request() {
    return request;
  }

  EventLoopSubscriptions subscriptions() {
    return subscriptions;
  }

  @Override
  public void end(CloseReason reason) {
    ConnectionCloser.of(connection, reason);
  }

  /** Pings the unit, or ends the connection if that was of no use before. */
  @Override
  public void heartbeat() {
    if (connection.isOpen()) {
      Uni<Void> beat =
          limits
              .heartbeat(unacknowledged.size() == window)
              .map(connection::close)
              .orElseGet(this::beat);
      beat.subscribe()
          .with(done -> {}, failure -> LOG.debugf(failure, "%s is gone", request.unit()));
    }
  }

  private Uni<Void> beat() {
    return connection
        .sendText(FrameCodec.heartbeat(position))
        .chain(() -> connection.sendPing(Buffer.buffer()));
  }

  void onEventLoop(Runnable work) {
    channel.eventLoop().execute(work);
  }

  ProtocolLimits limits() {
    return limits;
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
      limits.acknowledged();
    }
    Position before = acknowledged.orElse(start.from());
    if (cursor.covers(before) && (acknowledged.isEmpty() || !before.covers(cursor))) {
      acknowledged = Optional.of(cursor);
      cursors.save(request.unit(), new AcknowledgedPosition(cursor, request.area()));
    }
    deliver();
  }

  /** Sends what there is and the window has room for, all of it in one go. */
  @Override
  public void deliver() {
    boolean sent = false;
    for (int taken = 0; !waiting && channel.isActive() && hasRoom(); taken++) {
      Optional<FrameBatch> next = subscriptions.after(position);
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
    subscriptions
        .replayed(position)
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
  private boolean take(FrameBatch batch) {
    boolean any = false;
    int first = 0;
    int index = 0;
    while (index < batch.size() && hasRoom()) {
      LogEntry entry = batch.entry(index);
      if (request.matches(entry) && !start.isKnown(entry)) {
        unacknowledged.addLast(batch.after(index));
        limits.sent();
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
  private boolean send(FrameBatch batch, int first, int end) {
    if (first < end) {
      var unused = channel.write(batch.frames(first, end), channel.voidPromise());
    }
    return first < end;
  }

  private void failed(Throwable failure) {
    LOG.debugf("%s waits for what comes after %s: %s", request.unit(), position, failure);
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
