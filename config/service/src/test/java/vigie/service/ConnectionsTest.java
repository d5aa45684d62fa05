// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five connections, three of an address; 10 s for a head, 60 s of idleness. */
class ConnectionsTest {

  private static final String HEAD = "GET /v1/things HTTP/1.1\r\nHost: x\r\n";
  private static final String REQUEST = HEAD + "\r\n";
  private static final String UPGRADE =
      HEAD
          + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

  private final MeterRegistry metrics = new SimpleMeterRegistry();
  private final Connections connections =
      new Connections(
          new Limits(5, 3, Duration.ofSeconds(10), Duration.ofSeconds(60)),
          9000,
          "alert-service",
          metrics);
  private final List<EmbeddedChannel> opened = new ArrayList<>();

  private record Limits(int max, int perAddress, Duration headTimeout, Duration idleTimeout)
      implements ConnectionLimits {}

  @AfterEach
  void closeAll() {
    opened.forEach(ConnectionsTest::close);
    assertEquals(0, metrics.get("vigie.alert.connections").gauge().value());
  }

  @Test
  void aSilentConnectionAndHalfAHeadAreClosed() throws Exception {
    EmbeddedChannel silent = open("10.0.0.1");
    EmbeddedChannel half = open("10.0.0.2");
    say(half, HEAD);
    pass(silent, 9);
    pass(half, 9);
    assertTrue(silent.isOpen());
    assertTrue(half.isOpen());
    pass(silent, 1);
    pass(half, 1);
    assertFalse(silent.isOpen());
    assertFalse(half.isOpen());
    assertEquals(2, closed("slow-head"));
  }

  @Test
  void aConnectionBetweenTwoRequestsIsClosedWhenItIsIdle() throws Exception {
    EmbeddedChannel channel = open("10.0.0.1");
    for (int i = 0; i < 5; i++) {
      request(channel);
      answer(channel);
      pass(channel, 59);
      assertTrue(channel.isOpen());
    }
    pass(channel, 120);
    assertFalse(channel.isOpen());
    assertEquals(1, closed("idle"));
  }

  @Test
  void aBodyThatStopsComingIsIdle() throws Exception {
    EmbeddedChannel channel = open("10.0.0.1");
    say(channel, "PUT /x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");
    for (int i = 0; i < 5; i++) {
      pass(channel, 59);
      say(channel, "d");
    }
    assertTrue(channel.isOpen());
    pass(channel, 120);
    assertFalse(channel.isOpen());
    assertEquals(1, closed("idle"));
  }

  @Test
  void whoWaitsForAnAnswerIsNotIdleHoweverLongItTakes() throws Exception {
    EmbeddedChannel channel = open("10.0.0.1");
    request(channel);
    write(channel, new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    pass(channel, 600);
    write(channel, new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    pass(channel, 600);
    assertTrue(channel.isOpen());
    write(channel, LastHttpContent.EMPTY_LAST_CONTENT);
    pass(channel, 59);
    assertTrue(channel.isOpen());
    pass(channel, 120);
    assertFalse(channel.isOpen());
  }

  @Test
  void aWebSocketIsNeitherIdleNorLateAndLeavesTheShareOfItsAddress() throws Exception {
    for (int i = 0; i < 4; i++) {
      EmbeddedChannel unit = open("10.0.0.1");
      upgrade(unit);
      pass(unit, 600);
      assertTrue(unit.isOpen());
      say(unit, "\u0081");
      pass(unit, 600);
      assertTrue(unit.isOpen(), "a part of a frame is not a part of a head");
    }
    assertTrue(open("10.0.0.1").isOpen());
    assertFalse(open("10.0.0.2").isOpen(), "they count among all");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1, 10.0.0.2",
    "2001:db8::1, 2001:db8::ffff:1, 2001:db8:0:1::1",
  })
  void noAddressHasMoreThanItsShare(String first, String same, String other) throws Exception {
    EmbeddedChannel one = open(first);
    assertTrue(open(same).isOpen());
    assertTrue(open(first).isOpen());
    assertFalse(open(same).isOpen());
    assertEquals(1, closed("address-limit"));
    assertTrue(open(other).isOpen());

    close(one);
    assertTrue(open(same).isOpen());
    assertFalse(open(first).isOpen());
    assertEquals(0, closed("limit"));
  }

  @Test
  void thisMachineHasNoShareAndAllTogetherHaveALimit() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertTrue(open("127.0.0.1").isOpen());
    }
    assertFalse(open("127.0.0.1").isOpen());
    assertFalse(open("10.0.0.1").isOpen());
    assertEquals(2, closed("limit"));
    close(opened.get(0));
    assertTrue(open("10.0.0.1").isOpen());
  }

  private EmbeddedChannel open(String address) throws UnknownHostException {
    InetSocketAddress remote = new InetSocketAddress(InetAddress.getByName(address), 40_000);
    EmbeddedChannel channel =
        new EmbeddedChannel(DefaultChannelId.newInstance(), false, false) {
          @Override
          protected SocketAddress remoteAddress0() {
            return remote;
          }
        };
    channel.freezeTime();
    channel
        .pipeline()
        .addLast(new HttpRequestDecoder())
        .addLast(new HttpResponseEncoder())
        .addLast(new ConnectionGuards.Arrival(connections));
    try {
      channel.register();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    opened.add(channel);
    return channel;
  }

  private static void close(EmbeddedChannel channel) {
    channel.close().syncUninterruptibly();
  }

  private static void say(EmbeddedChannel channel, String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, ISO_8859_1));
  }

  private static HttpRequest request(EmbeddedChannel channel) {
    return request(channel, REQUEST);
  }

  private static HttpRequest request(EmbeddedChannel channel, String text) {
    say(channel, text);
    HttpRequest request = channel.readInbound();
    channel.releaseInbound();
    return request;
  }

  private static void answer(EmbeddedChannel channel) {
    write(channel, new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
  }

  private static void write(EmbeddedChannel channel, Object message) {
    channel.writeOutbound(message);
    channel.releaseOutbound();
  }

  private static void upgrade(EmbeddedChannel channel) {
    HttpRequest head = request(channel, UPGRADE);
    FullHttpRequest request =
        new DefaultFullHttpRequest(head.protocolVersion(), head.method(), head.uri());
    request.headers().set(head.headers());
    var unused =
        new WebSocketServerHandshakerFactory("ws://x/v1/things", null, false)
            .newHandshaker(request)
            .handshake(channel, request);
    channel.runPendingTasks();
    channel.releaseOutbound();
  }

  private static void pass(EmbeddedChannel channel, int seconds) {
    for (int i = 0; i < seconds; i++) {
      channel.advanceTimeBy(1, TimeUnit.SECONDS);
      channel.runPendingTasks();
    }
  }

  private long closed(String reason) {
    return (long)
        metrics.get("vigie.alert.connections.closed").tag("reason", reason).counter().count();
  }
}
