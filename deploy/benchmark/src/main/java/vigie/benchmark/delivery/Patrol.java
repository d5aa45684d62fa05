// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.BitSet;

/** One unit: a WebSocket of the fewest possible instructions, and the alerts that came. */
final class Patrol {

  private static final byte[] NOTHING = {};
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final int TEXT = 0x81;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;
  private static final int CLOSE = 0x88;
  private static final int LATER = 1013;
  private static final int SHORT_HEAD = 2;
  private static final int LONG_HEAD = 4;
  private static final int MASKED = 0x80;
  private static final int LONG_LENGTH = 126;

  /** Frames that are acknowledged together; a quarter of what may be unacknowledged. */
  private static final int ACKNOWLEDGED_TOGETHER = 64;

  private final String name;
  private final int index;
  private final WireProtocol protocol;
  private final Patrols all;
  private final BitSet received = new BitSet();

  private SocketChannel channel;
  private SelectionKey key;
  private byte[] rest = NOTHING;
  private boolean open;
  private String cursor = "";
  private int unacknowledged;

  /** How many of the alerts that are waited for have not come. */
  private int missing;

  /**
   * @param index of this unit among {@code all}
   */
  Patrol(String name, int index, WireProtocol protocol, Patrols all) {
    this.name = name;
    this.index = index;
    this.protocol = protocol;
    this.all = all;
  }

  int index() {
    return index;
  }

  boolean isAway() {
    return channel == null;
  }

  /** Begins to connect, from an address that has ports of its own. */
  void connect(InetSocketAddress from, InetSocketAddress server, Selector selector)
      throws IOException {
    channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.bind(from);
    key = channel.register(selector, SelectionKey.OP_CONNECT, this);
    if (channel.connect(server)) {
      throw new IOException("A connection that was there at once has no event");
    }
  }

  /** The network is there: asks for a WebSocket. */
  void knock(String query) throws IOException {
    channel.finishConnect();
    key.interestOps(SelectionKey.OP_READ);
    String subprotocol =
        protocol == WireProtocol.PATROL ? "Sec-WebSocket-Protocol: vigie.patrol.v1\n" : "";
    write(
        """
        GET %s HTTP/1.1
        Host: benchmark
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        %s
        """
            .formatted(protocol.target(name, query), subprotocol)
            .replace("\n", "\r\n")
            .getBytes(US_ASCII));
  }

  /** Takes in what has come, using {@code memory} for it. */
  void read(byte[] memory) throws IOException {
    ByteBuffer free = ByteBuffer.wrap(memory).put(rest);
    if (channel.read(free) < 0) {
      throw new IOException(name + " was disconnected");
    }
    int end = free.position();
    int start = open ? 0 : afterHead(memory, end);
    rest = Arrays.copyOfRange(memory, frames(memory, start, end), end);
    if (unacknowledged >= ACKNOWLEDGED_TOGETHER) {
      acknowledge();
    }
  }

  private int afterHead(byte[] memory, int length) throws IOException {
    String head = new String(memory, 0, length, US_ASCII);
    int end = head.indexOf(END_OF_HEAD);
    if (end < 0) {
      return 0;
    }
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new IOException(name + " was answered " + head);
    }
    open = true;
    protocol.opened(this);
    return end + END_OF_HEAD.length();
  }

  /** Takes in all whole frames, and answers where they end. */
  private int frames(byte[] memory, int start, int end) throws IOException {
    int at = start;
    while (open && end - at >= SHORT_HEAD) {
      boolean isLong = memory[at + 1] == LONG_LENGTH;
      int head = isLong ? LONG_HEAD : SHORT_HEAD;
      if (end - at < head) {
        break;
      }
      int length =
          isLong ? ByteBuffer.wrap(memory).getShort(at + SHORT_HEAD) & 0xFFFF : memory[at + 1];
      if (end - at < head + length) {
        break;
      }
      frame(memory[at] & 0xFF, new Text(memory, at + head, at + head + length));
      at += head + length;
    }
    return isAway() ? end : at;
  }

  private void frame(int kind, Text text) throws IOException {
    switch (kind) {
      case TEXT -> protocol.heed(this, text);
      case PING -> send(PONG, "");
      case CLOSE -> closed(text.code());
      default -> throw new IOException("%s was sent a frame of kind %x".formatted(name, kind));
    }
  }

  /** A server that is asked too much at once sends units away, to come back. */
  private void closed(int code) throws IOException {
    if (code != LATER) {
      throw new IOException("%s was closed with %d".formatted(name, code));
    }
    part();
    all.turnedAway(index);
  }

  void isServed() {
    all.served();
  }

  void received(Text text) {
    int alert = text.alert();
    if (!received.get(alert)) {
      received.set(alert);
      all.arrived(alert);
      if (all.isAwaited(alert) && --missing == 0) {
        all.complete();
      }
    }
  }

  /** Whether an alert of [{@code from}, {@code to}) has yet to come. */
  boolean awaits(int from, int to) {
    missing = to - from - received.get(from, to).cardinality();
    return missing > 0;
  }

  void owesAcknowledgement(String newest) {
    cursor = newest;
    unacknowledged++;
  }

  void acknowledge() throws IOException {
    if (unacknowledged > 0) {
      unacknowledged = 0;
      say("{\"type\":\"ack\",\"cursor\":\"" + cursor + "\"}");
    }
  }

  void say(String text) throws IOException {
    send(TEXT, text);
  }

  /** Masked by zeros, as the standard allows. */
  private void send(int kind, String text) throws IOException {
    byte[] payload = text.getBytes(US_ASCII);
    int head = payload.length < LONG_LENGTH ? 6 : 8;
    ByteBuffer frame = ByteBuffer.allocate(head + payload.length).put((byte) kind);
    if (payload.length < LONG_LENGTH) {
      frame.put((byte) (MASKED | payload.length));
    } else {
      frame.put((byte) (MASKED | LONG_LENGTH)).putShort((short) payload.length);
    }
    write(frame.putInt(0).put(payload).array());
  }

  private void write(byte[] bytes) throws IOException {
    if (channel.write(ByteBuffer.wrap(bytes)) < bytes.length) {
      throw new IOException(name + " says more than the server reads");
    }
  }

  /** Goes without a word; what it has received stays known. */
  void part() throws IOException {
    if (channel != null) {
      channel.close();
    }
    channel = null;
    rest = NOTHING;
    open = false;
    unacknowledged = 0;
  }
}
