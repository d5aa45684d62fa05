// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A device that says whatever bytes it likes, and answers no ping. */
public final class RawUnit implements AutoCloseable {

  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int PING = 9;

  /** What a connection that ends without a close frame is said to have ended with. */
  public static final int NO_CODE = 1006;

  private static final int CLOSE = 8;
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private byte[] payload = {};

  /** Connects and reads the answer to the handshake, nothing more. */
  public RawUnit(AlertStack.Instance instance, String unit, String query) {
    try {
      String[] address = instance.address().split(":", 2);
      socket = new Socket(address[0], Integer.parseInt(address[1]));
      socket.setSoTimeout(PATIENCE_MILLIS);
      in = new DataInputStream(socket.getInputStream());
      out = socket.getOutputStream();
      String handshake =
          """
          GET /v1/patrols/%s/alerts%s HTTP/1.1
          Host: %s
          Upgrade: websocket
          Connection: Upgrade
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
          Sec-WebSocket-Version: 13
          Sec-WebSocket-Protocol: vigie.patrol.v1

          """
              .formatted(unit, query, instance.address());
      out.write(handshake.replace("\n", "\r\n").getBytes(US_ASCII));
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readUnsignedByte());
      }
      if (!head.toString().startsWith("HTTP/1.1 101 ")) {
        throw new AssertionError(head.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void say(String text) {
    frame(TEXT, true, true, text.getBytes(UTF_8));
  }

  /** Sends a frame of at most 65,535 bytes, masked with zeros or not at all. */
  public void frame(int opcode, boolean last, boolean masked, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(8 + payload.length);
    frame.put((byte) ((last ? 0x80 : 0) | opcode));
    int mask = masked ? 0x80 : 0;
    if (payload.length < 126) {
      frame.put((byte) (mask | payload.length));
    } else {
      frame.put((byte) (mask | 126)).putShort((short) payload.length);
    }
    if (masked) {
      frame.putInt(0);
    }
    bytes(Arrays.copyOf(frame.array(), frame.put(payload).position()));
  }

  /** Sends bytes that need not be frames, unless the connection has ended. */
  public void bytes(byte[] bytes) {
    try {
      out.write(bytes);
    } catch (SocketException ended) {
      assert !socket.isClosed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one frame. */
  public void awaitFrame() {
    try {
      read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads on to the end of the connection; answers the code that it ended with. */
  public int closeCode() {
    try {
      while (read() != CLOSE) {}
      return payload.length < 2 ? NO_CODE : ByteBuffer.wrap(payload).getShort();
    } catch (EOFException | SocketException e) {
      return NO_CODE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int read() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    int length = in.readUnsignedByte();
    payload = new byte[length == 126 ? in.readUnsignedShort() : length];
    in.readFully(payload);
    return opcode;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
