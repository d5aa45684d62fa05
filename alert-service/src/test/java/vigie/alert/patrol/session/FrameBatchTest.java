// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vigie.alert.patrol.log.LogPage;
import vigie.alert.patrol.protocol.FrameCodec;
import vigie.alert.patrol.protocol.LazyJson;
import vigie.alert.patrol.protocol.LogEntry;
import vigie.alert.patrol.protocol.Position;

class FrameBatchTest {

  private static final Position START = Position.of(10, 0);

  @Test
  void framesAreThoseThatAWebSocketReads() {
    FrameBatch batch = batch("", "x".repeat(50), "é".repeat(200), "y".repeat(70_000));
    assertEquals(texts(batch, 0, 4), read(batch.frames(0, 4)));
    assertEquals(texts(batch, 1, 3), read(batch.frames(1, 3)));
    assertEquals(texts(batch, 2, 3), read(batch.frames(2, 3)));
    batch.release();
  }

  @Test
  void everyFrameTellsThePositionAfterIt() {
    FrameBatch batch = batch("a", "b");
    assertEquals(START, batch.before(0));
    assertEquals(Position.of(11, 0), batch.after(0));
    assertEquals(Position.of(11, 0), batch.before(1));
    assertEquals(Position.of(12, 0), batch.after(1));
    assertEquals(Position.of(15, 0), batch.next());
  }

  @Test
  void onlyWhatLeadsFurtherMoves() {
    assertTrue(batch("a").moves());
    assertTrue(batch().moves());
    assertFalse(new FrameBatch(START, new LogPage(List.of(), START)).moves());
  }

  @Test
  void framesStayUntilTheLastOneIsSent() {
    FrameBatch batch = batch("a", "b");
    ByteBuf first = batch.frames(0, 1);
    ByteBuf second = batch.frames(1, 2);
    ByteBuf all = whole(first);
    batch.release();
    assertEquals(texts(batch, 0, 1), read(first));
    assertEquals(1, all.refCnt());
    assertEquals(texts(batch, 1, 2), read(second));
    assertEquals(0, all.refCnt());
  }

  /** Entries from {@link #START} on; behind them is a record that is no entry. */
  private static FrameBatch batch(String... outcomes) {
    List<LogEntry> entries =
        IntStream.range(0, outcomes.length)
            .mapToObj(
                i ->
                    new LogEntry(
                        0,
                        10 + i,
                        Instant.EPOCH,
                        new UUID(0, i),
                        0,
                        0,
                        false,
                        "resolved",
                        new LazyJson(() -> "\"outcome\":\"" + outcomes[i] + "\"")))
            .toList();
    return new FrameBatch(START, new LogPage(entries, Position.of(15, 0)));
  }

  /** Netty's search for leaks wraps one buffer in 128 once more, and its slices too. */
  private static ByteBuf whole(ByteBuf slice) {
    ByteBuf whole = slice;
    while (whole.unwrap() != null) {
      whole = whole.unwrap();
    }
    return whole;
  }

  private static List<String> texts(FrameBatch batch, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> FrameCodec.entry(batch.after(i), batch.entry(i)))
        .toList();
  }

  private static List<String> read(ByteBuf bytes) {
    EmbeddedChannel reader =
        new EmbeddedChannel(
            new WebSocket13FrameDecoder(
                WebSocketDecoderConfig.newBuilder()
                    .expectMaskedFrames(false)
                    .maxFramePayloadLength(100_000)
                    .build()));
    reader.writeInbound(bytes);
    List<String> texts = new ArrayList<>();
    for (TextWebSocketFrame frame = reader.readInbound();
        frame != null;
        frame = reader.readInbound()) {
      texts.add(frame.text());
      assertTrue(frame.release());
    }
    assertFalse(reader.finish());
    return texts;
  }
}
