// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One keep-alive connection, which sends its next request when the last one is answered. */
final class Laptop implements AutoCloseable {

  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final String ACCEPTED = "HTTP/1.1 202 ";

  private final SocketChannel channel;
  private final SelectionKey key;
  private final StringBuilder answer = new StringBuilder();
  private ByteBuffer request;
  private long sentAt;

  Laptop(InetSocketAddress server, Selector selector) throws IOException {
    channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  void send(ByteBuffer bytes) throws IOException {
    request = bytes.duplicate();
    sentAt = System.nanoTime();
    write();
  }

  void write() throws IOException {
    channel.write(request);
    key.interestOps(
        request.hasRemaining()
            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
            : SelectionKey.OP_READ);
  }

  /**
   * True when the answer is complete.
   *
   * @throws IOException when it is anything but that all was accepted
   */
  boolean read(ByteBuffer memory) throws IOException {
    memory.clear();
    if (channel.read(memory) < 0) {
      throw new IOException("ingest-service closed a connection");
    }
    answer.append(US_ASCII.decode(memory.flip()));
    int head = answer.indexOf(END_OF_HEAD);
    if (head < 0) {
      return false;
    }
    Matcher length = LENGTH.matcher(answer);
    int end = head + END_OF_HEAD.length();
    if (!length.find() || answer.length() < end + Integer.parseInt(length.group(1))) {
      return false;
    }
    if (answer.indexOf(ACCEPTED) != 0 || answer.indexOf("\"rejected\":[]", end) < 0) {
      throw new IOException("ingest-service answered " + answer);
    }
    answer.setLength(0);
    return true;
  }

  long sentAt() {
    return sentAt;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
