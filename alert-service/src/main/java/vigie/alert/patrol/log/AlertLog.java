// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import vigie.alert.AlertConfig;
import vigie.alert.patrol.protocol.LogEntry;
import vigie.alert.patrol.protocol.LogPartition;
import vigie.alert.patrol.protocol.LogTopic;
import vigie.alert.patrol.protocol.Position;

/**
 * All alerts and reports that Kafka holds, readable from any position: the newest from memory,
 * older ones from Kafka. Every unit reads from here; nothing is kept per unit.
 */
@Singleton
public class AlertLog {

  private final int capacity;
  private final HistoryCache history;

  private final AtomicInteger life = new AtomicInteger();

  /** By the number of their lanes. */
  private volatile List<RingBuffer> rings = List.of();

  public AlertLog(AlertConfig config, HistoryCache history) {
    this.capacity = config.delivery().ring();
    this.history = history;
  }

  /**
   * At most {@code max} entries after {@code from}, none when there are no newer ones yet; nothing
   * when older ones are needed than are in memory.
   */
  public Optional<LogPage> recent(Position from, int max) {
    List<RingBuffer> now = rings;
    List<PartitionPage> pages = new ArrayList<>(now.size());
    for (int i = 0; i < now.size(); i++) {
      Optional<PartitionPage> page = now.get(i).read(from.offset(i), max);
      if (page.isEmpty()) {
        return Optional.empty();
      }
      pages.add(page.get());
    }
    return Optional.of(LogPage.merge(pages, from, max));
  }

  /**
   * The same when older ones are needed. The lane that is furthest behind comes first, so that all
   * catch up evenly.
   */
  public Uni<LogPage> replayed(Position from, int max) {
    List<RingBuffer> now = rings;
    int furthest = 0;
    for (int i = 1; i < now.size(); i++) {
      if (missing(now, from, i) > missing(now, from, furthest)) {
        furthest = i;
      }
    }
    int lane = furthest;
    return history.read(lane, from.offset(lane), max).map(page -> LogPage.of(lane, page, from));
  }

  private static long missing(List<RingBuffer> rings, Position from, int lane) {
    return rings.get(lane).missing(from.offset(lane));
  }

  /**
   * The alert that is as {@code wanted} among those that may have been sent with {@code cursor},
   * the last one of each partition; nothing when it is not there or Kafka does not hold it any
   * more.
   */
  public Uni<Optional<LogEntry>> find(Position cursor, Predicate<LogEntry> wanted) {
    return Multi.createFrom()
        .range(0, rings.size())
        .filter(lane -> LogPartition.of(lane).feed() == LogTopic.ALERTS && cursor.offset(lane) > 0)
        .onItem()
        .transformToUniAndConcatenate(lane -> at(lane, cursor.offset(lane) - 1))
        .filter(entry -> entry.isPresent() && wanted.test(entry.get()))
        .toUni()
        .map(found -> found == null ? Optional.empty() : found);
  }

  private Uni<Optional<LogEntry>> at(int lane, long offset) {
    Optional<PartitionPage> page = rings.get(lane).read(offset, 1);
    return (page.isPresent() ? Uni.createFrom().item(page.get()) : history.read(lane, offset, 1))
        .map(read -> read.entries().stream().filter(entry -> entry.offset() == offset).findFirst());
  }

  /**
   * The position to resume at for a unit that says it was at {@code wanted}. An offset that Kafka
   * has not reached comes from another life of the topic; such a lane starts over.
   */
  public Uni<Position> resume(Position wanted) {
    if (newest().covers(wanted)) {
      return Uni.createFrom().item(wanted);
    }
    return history.ends(rings.size()).map(wanted::only);
  }

  /** After all entries from before {@code instant}, as Kafka says. */
  public Uni<Position> at(Instant instant) {
    return history.at(instant);
  }

  /** After the newest entry that this instance has seen. */
  public Position newest() {
    return Position.of(rings.stream().mapToLong(RingBuffer::next).toArray());
  }

  public boolean isOpen() {
    return !rings.isEmpty();
  }

  int capacity() {
    return capacity;
  }

  int lanes() {
    return rings.size();
  }

  /** Adds a lane whose entries will be appended from {@code start} on. */
  void addLane(long start) {
    List<RingBuffer> more = new ArrayList<>(rings);
    more.add(new RingBuffer(capacity, start));
    rings = List.copyOf(more);
  }

  /** Answers whether the lane goes on; where it begins anew, so does the {@link #life}. */
  boolean append(int lane, long offset, Optional<LogEntry> entry) {
    boolean follows = rings.get(lane).append(offset, entry);
    if (!follows) {
      life.incrementAndGet();
    }
    return follows;
  }

  /** Changes when a lane begins anew: positions from before mean nothing in it. */
  public int life() {
    return life.get();
  }
}
