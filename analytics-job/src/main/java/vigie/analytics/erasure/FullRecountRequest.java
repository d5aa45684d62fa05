// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.erasure;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import vigie.analytics.publish.AdvisoryLock;
import vigie.analytics.stream.Checkpoint;

/**
 * Has all figures, and the ids that the query remembers, made anew from what the archive holds now.
 * A driver does so that finds the figures to be those of another query than its own; readers see
 * the old figures until the new ones take their place in one transaction.
 */
record FullRecountRequest(Connection database, Checkpoint checkpoint) {

  private static final Duration POLL = Duration.ofMillis(500);

  /** Whose the figures are until a driver makes them anew: of no query, ever. */
  private static final UUID NOBODY = new UUID(0, 0);

  private static final String DISOWN = "UPDATE publication SET query_id = ? WHERE query_id = ?";

  /**
   * Whether the figures are those of one of the queries still, or a recount was begun and nothing
   * is published since.
   */
  boolean isDue(Set<UUID> queries) throws SQLException {
    return !queries.isEmpty()
        && query().filter(now -> now.equals(NOBODY) || queries.contains(now)).isPresent();
  }

  /**
   * Returns once that is published. False where no driver publishes: the next one will do it, and
   * none can begin as long as the connection is open.
   */
  boolean run() throws IOException, SQLException, InterruptedException {
    if (AdvisoryLock.PUBLISHING.take(database)) {
      checkpoint.delete();
      return query().isEmpty();
    }
    Optional<UUID> old = query();
    Optional<UUID> now = old;
    while (now.equals(old) || now.equals(Optional.of(NOBODY))) {
      // A batch that was under way says again that the figures are its query's.
      if (now.isPresent() && now.equals(old)) {
        disown(now.get());
      }
      Thread.sleep(POLL.toMillis());
      now = query();
    }
    return true;
  }

  private void disown(UUID query) throws SQLException {
    try (PreparedStatement disown = database.prepareStatement(DISOWN)) {
      disown.setObject(1, NOBODY);
      disown.setObject(2, query);
      disown.executeUpdate();
    }
  }

  /** Whose the figures are; empty before anything is published. */
  Optional<UUID> query() throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery("SELECT query_id FROM publication")) {
      return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
    }
  }
}
