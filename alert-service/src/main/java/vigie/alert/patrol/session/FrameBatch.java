// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import vigie.alert.patrol.log.LogPage;
import vigie.alert.patrol.protocol.FrameCodec;
import vigie.alert.patrol.protocol.LogEntry;
import vigie.alert.patrol.protocol.Position;

/**
 * What comes after one position, with its frames, which are written once for all units that are
 * there, when the first of them wants one. For use by one event loop only; the frames are not in
 * the Java heap and stay until {@link #release} and until every slice of them was sent.
 */
final class FrameBatch {

  private static final int TEXT = 0x81;
  private static final int LONG = 126;
  private static final int LONGER = 127;
  private static final int MOST_OF_LONG = 0xFFFF;

  private final LogPage page;

  /** The position after each entry; first the one before all. */
  private final Position[] positions;

  /** Where the frame of each entry begins; last where all end. */
  private final int[] starts;

  private ByteBuf frames;

  FrameBatch(Position from, LogPage page) {
    List<LogEntry> entries = page.entries();
    this.page = page;
    this.positions = new Position[entries.size() + 1];
    this.starts = new int[entries.size() + 1];
    positions[0] = from;
    for (int i = 0; i < entries.size(); i++) {
      positions[i + 1] = positions[i].with(entries.get(i).lane(), entries.get(i).offset() + 1);
    }
  }

  int size() {
    return page.entries().size();
  }

  LogEntry entry(int index) {
    return page.entries().get(index);
  }

  /** Behind all entries before that one. */
  Position before(int index) {
    return positions[index];
  }

  Position after(int index) {
    return positions[index + 1];
  }

  /** Behind all entries, and behind the records after them that are no entries. */
  Position next() {
    return page.next();
  }

  /** Whether reading this is progress. */
  boolean moves() {
    return !positions[0].covers(page.next());
  }

  /** The WebSocket frames of the entries [{@code from}, {@code to}); the caller releases them. */
  ByteBuf frames(int from, int to) {
    if (frames == null) {
      write();
    }
    return frames.retainedSlice(starts[from], starts[to] - starts[from]);
  }

  private void write() {
    byte[][] texts = new byte[size()][];
    int bytes = 0;
    for (int i = 0; i < texts.length; i++) {
      texts[i] = FrameCodec.entry(after(i), entry(i)).getBytes(StandardCharsets.UTF_8);
      bytes += texts[i].length + Long.BYTES + 2;
    }
    frames = PooledByteBufAllocator.DEFAULT.directBuffer(bytes);
    for (int i = 0; i < texts.length; i++) {
      starts[i] = frames.writerIndex();
      frames.writeByte(TEXT);
      writeLength(texts[i].length);
      frames.writeBytes(texts[i]);
    }
    starts[texts.length] = frames.writerIndex();
  }

  /** As RFC 6455 says; what a server sends is not masked. */
  private void writeLength(int length) {
    if (length < LONG) {
      frames.writeByte(length);
    } else if (length <= MOST_OF_LONG) {
      frames.writeByte(LONG).writeShort(length);
    } else {
      frames.writeByte(LONGER).writeLong(length);
    }
  }

  /** No more frames are taken from this. */
  void release() {
    if (frames != null) {
      boolean unused = frames.release();
    }
  }
}
