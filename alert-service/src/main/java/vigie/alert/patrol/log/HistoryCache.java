// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import vigie.alert.AlertConfig;
import vigie.alert.kafka.KafkaClients;
import vigie.alert.patrol.protocol.Position;

/**
 * Older entries, read from Kafka by offset in fixed pieces by one consumer on one thread. Units
 * that catch up together share the pieces: one that is being read is waited for, the last ones are
 * kept.
 */
@Singleton
class HistoryCache {

  private static final int PIECE = 256;
  private static final long FAREWELL_SECONDS = 3;

  private record Piece(int lane, long number) {}

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "alert-replay"));
  private final RequestCoalescer<Integer, Position> ends = new RequestCoalescer<>(this::ends);
  private final RequestCoalescer<Instant, Position> instants = new RequestCoalescer<>(this::at);
  private final Map<Piece, CompletableFuture<PartitionPage>> pieces =
      new LinkedHashMap<>(16, 0.75f, true);
  private final int kept;
  private final HistoryConsumer consumer;
  private final Counter read;

  HistoryCache(
      KafkaClients kafka, LogEntryDecoder decoder, AlertConfig config, MeterRegistry metrics) {
    this.kept = config.delivery().replayedPieces();
    this.consumer = new HistoryConsumer(kafka, decoder);
    this.read =
        Counter.builder("vigie.replay.pieces")
            .description("Pieces of old alerts and reports read from Kafka")
            .register(metrics);
  }

  /** Entries of {@code lane} from {@code offset} on, at most {@code max}. */
  Uni<PartitionPage> read(int lane, long offset, int max) {
    return Uni.createFrom()
        .completionStage(() -> piece(new Piece(lane, offset / PIECE)).minimalCompletionStage())
        .map(page -> page.from(offset, max));
  }

  /** Where each lane ends at present, as Kafka says. */
  Uni<Position> ends(int lanes) {
    return Uni.createFrom().completionStage(() -> ends.ask(lanes));
  }

  /** Where each lane was then, as Kafka says. */
  Uni<Position> at(Instant instant) {
    return Uni.createFrom().completionStage(() -> instants.ask(instant));
  }

  private CompletionStage<Map<Instant, Position>> at(Set<Instant> instants) {
    return CompletableFuture.supplyAsync(
        () -> instants.stream().collect(Collectors.toMap(when -> when, consumer::at)), thread);
  }

  private CompletionStage<Map<Integer, Position>> ends(Set<Integer> lanes) {
    return CompletableFuture.supplyAsync(
        () -> lanes.stream().collect(Collectors.toMap(count -> count, consumer::ends)), thread);
  }

  private synchronized CompletableFuture<PartitionPage> piece(Piece piece) {
    CompletableFuture<PartitionPage> known = pieces.get(piece);
    if (known != null) {
      return known;
    }
    CompletableFuture<PartitionPage> reading =
        CompletableFuture.supplyAsync(() -> load(piece), thread);
    pieces.put(piece, reading);
    if (pieces.size() > kept) {
      pieces.remove(pieces.keySet().iterator().next());
    }
    return reading;
  }

  /** A piece that failed or may still grow is not kept. */
  private PartitionPage load(Piece piece) {
    boolean complete = false;
    try {
      long start = piece.number() * PIECE;
      PartitionPage page = consumer.read(piece.lane(), start, start + PIECE);
      complete = page.next() >= start + PIECE;
      read.increment();
      return page;
    } finally {
      if (!complete) {
        discard(piece);
      }
    }
  }

  private synchronized void discard(Piece piece) {
    pieces.remove(piece);
  }

  @PreDestroy
  void close() throws InterruptedException {
    thread.execute(consumer::close);
    thread.shutdown();
    if (!thread.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
      thread.shutdownNow().clear();
    }
  }
}
