// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import vigie.alert.AlertConfig;

/**
 * Finds where units go on that connect: after what they dealt with. A unit that has moved has not
 * seen what lies behind that in its new area, so it goes back some time and is told of that as
 * well.
 */
@Singleton
class Resumptions {

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
      return cursors.load(wish.unit()).flatMap(stored -> after(stored, wish.area()));
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

  private Uni<Resumption> after(Optional<Bookmark> stored, Area area) {
    Bookmark bookmark = stored.orElse(new Bookmark(Position.EARLIEST, area));
    Uni<Position> there = log.resume(bookmark.position());
    return bookmark.area().covers(area)
        ? there.map(Resumption::at)
        : there.flatMap(position -> moved(new Bookmark(position, bookmark.area())));
  }

  /** To the minute, so that units that move together ask Kafka together. */
  private Uni<Resumption> moved(Bookmark bookmark) {
    return log.at(Instant.now().minus(lookBack).truncatedTo(ChronoUnit.MINUTES))
        .map(past -> new Resumption(past.orBefore(bookmark.position()), Optional.of(bookmark)));
  }
}
