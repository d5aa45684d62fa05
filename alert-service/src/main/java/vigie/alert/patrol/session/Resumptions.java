// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import vigie.alert.AlertConfig;
import vigie.alert.patrol.log.PatrolLog;
import vigie.alert.patrol.protocol.Area;
import vigie.alert.patrol.protocol.MalformedFrameException;
import vigie.alert.patrol.protocol.Position;
import vigie.alert.patrol.protocol.Wish;

/**
 * Finds where units go on that connect: after what they dealt with. A unit that has moved has not
 * seen what lies behind that in its new area, so it goes back some time and is told of that as
 * well. A new unit begins as far back, not with all that Kafka retains.
 */
@Singleton
class Resumptions {

  /** Units that begin in the same part of the look-back ask Kafka together. */
  private static final int PARTS = 60;

  private final CursorStore cursors;
  private final PatrolLog log;
  private final Duration lookBack;

  Resumptions(CursorStore cursors, PatrolLog log, AlertConfig config) {
    this.cursors = cursors;
    this.log = log;
    this.lookBack = config.delivery().lookBack();
  }

  /**
   * @throws MalformedFrameException when the cursor is not one of this service
   */
  Uni<Resumption> of(Wish wish) throws MalformedFrameException {
    if (wish.cursor().isEmpty()) {
      return cursors
          .load(wish.unit())
          .flatMap(
              stored ->
                  stored.map(bookmark -> after(bookmark, wish.area())).orElseGet(() -> anew(wish)));
    }
    String cursor = wish.cursor().get();
    return log.resume(
            switch (cursor) {
              case "earliest" -> Position.EARLIEST;
              case "latest" -> log.newest();
              default -> Position.parse(cursor);
            })
        .map(Resumption::at);
  }

  /**
   * The start is stored: a unit that goes away before it acknowledges anything, for longer than the
   * look-back, misses nothing that is raised meanwhile.
   */
  private Uni<Resumption> anew(Wish wish) {
    return past()
        .invoke(start -> cursors.save(wish.unit(), new Bookmark(start, wish.area())))
        .map(Resumption::at);
  }

  private Uni<Resumption> after(Bookmark bookmark, Area area) {
    Uni<Position> there = log.resume(bookmark.position());
    return bookmark.area().covers(area)
        ? there.map(Resumption::at)
        : there.flatMap(position -> moved(new Bookmark(position, bookmark.area())));
  }

  private Uni<Resumption> moved(Bookmark bookmark) {
    return past()
        .map(past -> new Resumption(past.orBefore(bookmark.position()), Optional.of(bookmark)));
  }

  private Uni<Position> past() {
    long part = Math.max(1, lookBack.toMillis() / PARTS);
    long past = Instant.now().minus(lookBack).toEpochMilli();
    return log.at(Instant.ofEpochMilli(past - Math.floorMod(past, part)));
  }
}
