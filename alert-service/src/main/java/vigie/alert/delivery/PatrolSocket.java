// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import org.jboss.logging.Logger;
import vigie.alert.AlertConfig;

/** The door for patrol units: subprotocol {@code vigie.patrol.v1}. */
@WebSocket(path = "/v1/patrols/{unitId}/alerts")
public class PatrolSocket {

  private static final Logger LOG = Logger.getLogger(PatrolSocket.class);
  private static final TypedKey<Subscription> SUBSCRIPTION = new TypedKey<>("subscription");
  private static final CloseReason TEXT_ONLY = new CloseReason(1003, "text frames only");
  private static final CloseReason TOO_BIG = new CloseReason(1009, "4096 characters at most");
  private static final CloseReason LATER = new CloseReason(1013, "cannot serve alerts now");
  private static final int BAD_REQUEST = 4400;
  private static final int LONGEST_FRAME = 4096;

  private final PatrolLog log;
  private final CursorStore cursors;
  private final Frames frames;
  private final ClaimDesk desk;
  private final int window;
  private final double margin;

  PatrolSocket(
      PatrolLog log, CursorStore cursors, Frames frames, ClaimDesk desk, AlertConfig config) {
    this.log = log;
    this.cursors = cursors;
    this.frames = frames;
    this.desk = desk;
    this.window = config.delivery().window();
    this.margin = config.escalation().margin();
  }

  @OnOpen
  Uni<Void> open(WebSocketConnection connection) {
    Context eventLoop = Vertx.currentContext();
    Wish wish;
    Uni<Position> wanted;
    try {
      wish = Wish.of(connection.pathParam("unitId"), connection.handshakeRequest().query(), margin);
      wanted = wanted(wish);
    } catch (MalformedFrameException e) {
      return connection
          .sendText(frames.error(new ErrorView(e)))
          .chain(() -> connection.close(new CloseReason(BAD_REQUEST, e.code())));
    }
    if (!log.isOpen()) {
      return connection.close(LATER);
    }
    return wanted
        .flatMap(log::resume)
        .emitOn(work -> eventLoop.runOnContext(ignored -> work.run()))
        .flatMap(start -> begin(connection, eventLoop, wish, start))
        .onFailure()
        .recoverWithUni(failure -> refuse(connection, failure));
  }

  @OnTextMessage
  Uni<Void> text(String text, WebSocketConnection connection) {
    Subscription subscription = connection.userData().get(SUBSCRIPTION);
    if (text.length() > LONGEST_FRAME) {
      return connection.close(TOO_BIG);
    }
    if (subscription == null) {
      return Uni.createFrom().voidItem();
    }
    try {
      return heed(frames.parse(text), subscription, connection);
    } catch (MalformedFrameException e) {
      return connection.sendText(frames.error(new ErrorView(e)));
    }
  }

  private Uni<Void> heed(Said said, Subscription subscription, WebSocketConnection connection)
      throws MalformedFrameException {
    if (said instanceof Said.Ack ack) {
      subscription.acknowledge(ack.cursor());
      return Uni.createFrom().voidItem();
    }
    Uni<String> answer =
        said instanceof Said.Claim claim
            ? desk.claim(claim, subscription.wish())
            : desk.resolve((Said.Resolve) said, subscription.wish());
    return answer.flatMap(connection::sendText);
  }

  @OnBinaryMessage
  Uni<Void> binary(Buffer ignored, WebSocketConnection connection) {
    return connection.close(TEXT_ONLY);
  }

  @OnClose
  Uni<Void> close(WebSocketConnection connection) {
    Subscription subscription = connection.userData().remove(SUBSCRIPTION);
    if (subscription != null) {
      log.forget(subscription);
    }
    return Uni.createFrom().voidItem();
  }

  private Uni<Position> wanted(Wish wish) throws MalformedFrameException {
    if (wish.cursor().isEmpty()) {
      return cursors.load(wish.unit()).map(stored -> stored.orElse(Position.EARLIEST));
    }
    String cursor = wish.cursor().get();
    return Uni.createFrom()
        .item(
            switch (cursor) {
              case "earliest" -> Position.EARLIEST;
              case "latest" -> log.newest();
              default -> Position.parse(cursor);
            });
  }

  private Uni<Void> begin(
      WebSocketConnection connection, Context eventLoop, Wish wish, Position start) {
    if (connection.isClosed()) {
      return Uni.createFrom().voidItem();
    }
    Subscription subscription =
        new Subscription(connection, eventLoop, log, cursors, wish, start, window);
    connection.userData().put(SUBSCRIPTION, subscription);
    return connection
        .sendText(Frames.hello(start, window))
        .invoke(
            () -> {
              log.listen(subscription);
              subscription.run();
            });
  }

  /** The unit's place cannot be known now: it comes back and asks again. */
  private static Uni<Void> refuse(WebSocketConnection connection, Throwable failure) {
    LOG.warnf("A unit is sent away for now: %s", failure);
    return connection.isOpen() ? connection.close(LATER) : Uni.createFrom().voidItem();
  }
}
