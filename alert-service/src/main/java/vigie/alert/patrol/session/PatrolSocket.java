// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPingMessage;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import vigie.alert.AlertConfig;
import vigie.alert.patrol.admission.Expiry;
import vigie.alert.patrol.admission.Gate;
import vigie.alert.patrol.admission.Line;
import vigie.alert.patrol.admission.Recall;
import vigie.alert.patrol.admission.Seats;
import vigie.alert.patrol.log.PatrolLog;
import vigie.alert.patrol.protocol.Area;
import vigie.alert.patrol.protocol.ErrorView;
import vigie.alert.patrol.protocol.Frames;
import vigie.alert.patrol.protocol.MalformedFrameException;
import vigie.alert.patrol.protocol.Said;
import vigie.alert.patrol.protocol.Wish;

/**
 * The door for patrol units: subprotocol {@code vigie.patrol.v1}. All callbacks of a connection run
 * on its event loop, in the order of its frames and without waiting for each other: what takes time
 * is bounded by {@link Conduct}, not by a queue of frames.
 */
@WebSocket(
    path = "/v1/patrols/{unitId}/alerts",
    inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class PatrolSocket {

  private static final Logger LOG = Logger.getLogger(PatrolSocket.class);
  private static final TypedKey<Subscription> SUBSCRIPTION = new TypedKey<>("subscription");
  private static final CloseReason TEXT_ONLY = new CloseReason(1003, "text frames only");
  private static final CloseReason TOO_BIG = new CloseReason(1009, "4096 characters at most");
  private static final CloseReason LATER = new CloseReason(1013, "cannot serve alerts now");
  private static final int BAD_REQUEST = 4400;
  private static final CloseReason TOO_EARLY = new CloseReason(BAD_REQUEST, "before hello");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LONGEST_FRAME = 4096;

  private final PatrolLog log;
  private final Units units;
  private final CursorStore cursors;
  private final Resumptions resumptions;
  private final Frames frames;
  private final ClaimDesk desk;
  private final Recall recall;
  private final Seats seats;
  private final int window;
  private final Duration heartbeat;
  private final double margin;

  PatrolSocket(
      PatrolLog log,
      Units units,
      CursorStore cursors,
      Resumptions resumptions,
      Frames frames,
      ClaimDesk desk,
      Recall recall,
      Seats seats,
      AlertConfig config) {
    this.log = log;
    this.units = units;
    this.cursors = cursors;
    this.resumptions = resumptions;
    this.frames = frames;
    this.desk = desk;
    this.recall = recall;
    this.seats = seats;
    this.window = config.delivery().window();
    this.heartbeat = config.delivery().heartbeat();
    this.margin = config.escalation().margin();
  }

  @OnOpen
  Uni<Void> open(WebSocketConnection connection) {
    Wish wish;
    Uni<Resumption> found;
    int life = log.life();
    try {
      String query = connection.handshakeRequest().query();
      Area bounds = connection.userData().get(Gate.PERMIT).bounds();
      wish = Wish.of(connection.pathParam("unitId"), query, bounds, margin);
      found = resumptions.of(wish);
    } catch (MalformedFrameException e) {
      return refuse(connection, e);
    }
    if (!log.isOpen()) {
      return connection.close(LATER);
    }
    seats.take(wish.unit(), connection);
    return found
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .emitOn(Line.of(connection).eventLoop())
        .flatMap(start -> begin(connection, wish, start, life))
        .onFailure()
        .recoverWithUni(failure -> turnAway(connection, failure));
  }

  @OnTextMessage
  Uni<Void> text(String text, WebSocketConnection connection) {
    if (text.length() > LONGEST_FRAME) {
      return end(connection, TOO_BIG);
    }
    Subscription unit = connection.userData().get(SUBSCRIPTION);
    if (unit == null) {
      return end(connection, TOO_EARLY);
    }
    Optional<CloseReason> misconduct = unit.conduct().heard();
    if (misconduct.isPresent()) {
      return end(connection, misconduct.get());
    }
    try {
      return heed(frames.parse(text), unit, connection);
    } catch (MalformedFrameException e) {
      return refuse(connection, e);
    }
  }

  private Uni<Void> heed(Said said, Subscription unit, WebSocketConnection connection)
      throws MalformedFrameException {
    if (said instanceof Said.Ack ack) {
      unit.acknowledge(ack.cursor());
      return Uni.createFrom().voidItem();
    }
    Optional<CloseReason> misconduct = unit.conduct().asked();
    if (misconduct.isPresent()) {
      return end(connection, misconduct.get());
    }
    Uni<String> answer =
        said instanceof Said.Claim claim
            ? desk.claim(claim, unit.wish())
            : desk.resolve((Said.Resolve) said, unit.wish());
    return answer
        .emitOn(unit::onEventLoop)
        .flatMap(connection::sendText)
        .eventually(unit.conduct()::answered);
  }

  @OnBinaryMessage
  Uni<Void> binary(Buffer ignored, WebSocketConnection connection) {
    return end(connection, TEXT_ONLY);
  }

  @OnPingMessage
  Uni<Void> ping(Buffer ignored, WebSocketConnection connection) {
    return control(connection);
  }

  @OnPongMessage
  Uni<Void> pong(Buffer ignored, WebSocketConnection connection) {
    return control(connection);
  }

  private static Uni<Void> control(WebSocketConnection connection) {
    return Optional.ofNullable(connection.userData().get(SUBSCRIPTION))
        .flatMap(unit -> unit.conduct().heard())
        .map(misconduct -> end(connection, misconduct))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  @OnClose
  Uni<Void> close(WebSocketConnection connection) {
    Expiry.forget(connection);
    seats.leave(connection.pathParam("unitId"), connection);
    Subscription unit = connection.userData().remove(SUBSCRIPTION);
    if (unit != null) {
      units.remove(unit);
    }
    return Uni.createFrom().voidItem();
  }

  /** What is no WebSocket, cannot be sent, or is a fault of ours ends this connection only. */
  @OnError
  Uni<Void> failed(Throwable failure, WebSocketConnection connection) {
    if (connection.isOpen()) {
      LOG.warnf("The connection of a unit failed: %s", failure);
    }
    return end(connection, CloseReason.INTERNAL_SERVER_ERROR)
        .onFailure()
        .invoke(ended -> LOG.debugf(ended, "It had ended before"))
        .onFailure()
        .recoverWithNull();
  }

  /**
   * @param life of the log when {@code start} was asked for; a later one sent those away that were
   *     units then
   */
  private Uni<Void> begin(WebSocketConnection connection, Wish wish, Resumption start, int life) {
    if (connection.isClosed()) {
      return Uni.createFrom().voidItem();
    }
    Crew crew = units.crew(Line.of(connection).eventLoop());
    Subscription unit = new Subscription(connection, crew, cursors, wish, start, window);
    connection.userData().put(SUBSCRIPTION, unit);
    units.add(unit);
    if (life != log.life()) {
      return connection.close(LATER);
    }
    Expiry.watch(connection);
    if (recall.isDue(connection)) {
      Expiry.revoke(connection);
      return Uni.createFrom().voidItem();
    }
    return connection.sendText(Frames.hello(start.from(), window, heartbeat)).invoke(unit::deliver);
  }

  /** What a unit sent that it must not send is told before the end. */
  private Uni<Void> refuse(WebSocketConnection connection, MalformedFrameException problem) {
    return connection
        .sendText(frames.error(new ErrorView(problem)))
        .chain(() -> end(connection, new CloseReason(BAD_REQUEST, problem.code())));
  }

  /** More frames may come before the unit has heard of the end; they change nothing. */
  private static Uni<Void> end(WebSocketConnection connection, CloseReason reason) {
    return connection.isOpen() ? connection.close(reason) : Uni.createFrom().voidItem();
  }

  /** The unit's place cannot be known now: it comes back and asks again. */
  private static Uni<Void> turnAway(WebSocketConnection connection, Throwable failure) {
    LOG.warnf("A unit is sent away for now: %s", failure);
    return end(connection, LATER);
  }
}
