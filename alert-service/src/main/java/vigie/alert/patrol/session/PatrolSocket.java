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
import vigie.alert.patrol.admission.ConnectionLimiter;
import vigie.alert.patrol.admission.NettyChannels;
import vigie.alert.patrol.admission.PatrolUpgradeCheck;
import vigie.alert.patrol.admission.RevocationListener;
import vigie.alert.patrol.admission.TokenExpiryTimer;
import vigie.alert.patrol.log.AlertLog;
import vigie.alert.patrol.protocol.Area;
import vigie.alert.patrol.protocol.ClientFrame;
import vigie.alert.patrol.protocol.ErrorView;
import vigie.alert.patrol.protocol.FrameCodec;
import vigie.alert.patrol.protocol.MalformedFrameException;
import vigie.alert.patrol.protocol.SubscribeRequest;
import vigie.service.LogLimiter;

/**
 * The door for patrol units: subprotocol {@code vigie.patrol.v1}. All callbacks of a connection run
 * on its event loop, in the order of its frames and without waiting for each other: what takes time
 * is bounded by {@link ProtocolLimits}, not by a queue of frames.
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

  private final LogLimiter lines = new LogLimiter(System::nanoTime);
  private final AlertLog log;
  private final SubscriptionRegistry registry;
  private final CursorStore cursors;
  private final ResumePointResolver resolver;
  private final FrameCodec frames;
  private final ClaimHandler claims;
  private final RevocationListener revocation;
  private final ConnectionLimiter limiter;
  private final int window;
  private final Duration heartbeat;
  private final double margin;

  PatrolSocket(
      AlertLog log,
      SubscriptionRegistry registry,
      CursorStore cursors,
      ResumePointResolver resolver,
      FrameCodec frames,
      ClaimHandler claims,
      RevocationListener revocation,
      ConnectionLimiter limiter,
      AlertConfig config) {
    this.log = log;
    this.registry = registry;
    this.cursors = cursors;
    this.resolver = resolver;
    this.frames = frames;
    this.claims = claims;
    this.revocation = revocation;
    this.limiter = limiter;
    this.window = config.delivery().window();
    this.heartbeat = config.delivery().heartbeat();
    this.margin = config.escalation().margin();
  }

  @OnOpen
  Uni<Void> open(WebSocketConnection connection) {
    SubscribeRequest request;
    Uni<ResumePoint> found;
    int life = log.life();
    try {
      String query = connection.handshakeRequest().query();
      Area bounds = connection.userData().get(PatrolUpgradeCheck.GRANT).bounds();
      request = SubscribeRequest.of(connection.pathParam("unitId"), query, bounds, margin);
      found = resolver.of(request);
    } catch (MalformedFrameException e) {
      return refuse(connection, e);
    }
    if (!log.isOpen()) {
      return connection.close(LATER);
    }
    limiter.take(request.unit(), connection);
    return found
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .emitOn(NettyChannels.of(connection).eventLoop())
        .flatMap(start -> begin(connection, request, start, life))
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
    Optional<CloseReason> misconduct = unit.limits().heard();
    if (misconduct.isPresent()) {
      return end(connection, misconduct.get());
    }
    try {
      return heed(frames.parse(text), unit, connection);
    } catch (MalformedFrameException e) {
      return refuse(connection, e);
    }
  }

  private Uni<Void> heed(ClientFrame frame, Subscription unit, WebSocketConnection connection)
      throws MalformedFrameException {
    if (frame instanceof ClientFrame.Ack ack) {
      unit.acknowledge(ack.cursor());
      return Uni.createFrom().voidItem();
    }
    Optional<CloseReason> misconduct = unit.limits().asked();
    if (misconduct.isPresent()) {
      return end(connection, misconduct.get());
    }
    return answer(frame, unit.request())
        .emitOn(unit::onEventLoop)
        .flatMap(connection::sendText)
        .eventually(unit.limits()::answered);
  }

  private Uni<String> answer(ClientFrame frame, SubscribeRequest request) {
    if (frame instanceof ClientFrame.Claim claim) {
      return claims.claim(claim, request);
    }
    return frame instanceof ClientFrame.Release release
        ? claims.release(release, request)
        : claims.resolve((ClientFrame.Resolve) frame, request);
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
        .flatMap(unit -> unit.limits().heard())
        .map(misconduct -> end(connection, misconduct))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  @OnClose
  Uni<Void> close(WebSocketConnection connection) {
    TokenExpiryTimer.forget(connection);
    limiter.leave(connection.pathParam("unitId"), connection);
    Subscription unit = connection.userData().remove(SUBSCRIPTION);
    if (unit != null) {
      registry.remove(unit);
    }
    return Uni.createFrom().voidItem();
  }

  /** What is no WebSocket, cannot be sent, or is a fault of ours ends this connection only. */
  @OnError
  Uni<Void> failed(Throwable failure, WebSocketConnection connection) {
    if (connection.isOpen()) {
      warn(connection, "The connection of a unit failed: %s", failure);
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
  private Uni<Void> begin(
      WebSocketConnection connection, SubscribeRequest request, ResumePoint start, int life) {
    if (connection.isClosed()) {
      return Uni.createFrom().voidItem();
    }
    EventLoopSubscriptions subscriptions =
        registry.subscriptions(NettyChannels.of(connection).eventLoop());
    Subscription unit =
        new Subscription(connection, subscriptions, cursors, request, start, window);
    connection.userData().put(SUBSCRIPTION, unit);
    registry.add(unit);
    if (life != log.life()) {
      return connection.close(LATER);
    }
    TokenExpiryTimer.watch(connection);
    if (revocation.isDue(connection)) {
      TokenExpiryTimer.revoke(connection);
      return Uni.createFrom().voidItem();
    }
    return connection
        .sendText(FrameCodec.hello(start.from(), window, heartbeat))
        .invoke(unit::deliver);
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
  private Uni<Void> turnAway(WebSocketConnection connection, Throwable failure) {
    warn(connection, "A unit is sent away for now: %s", failure);
    return end(connection, LATER);
  }

  /** A unit may fail as often as it likes. */
  private void warn(WebSocketConnection connection, String format, Throwable failure) {
    if (lines.permits(connection.pathParam("unitId"))) {
      LOG.warnf(format, failure);
    }
  }
}
