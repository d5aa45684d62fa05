// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.erasure;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import vigie.analytics.archive.EventTable;
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
  private static final UUID NO_QUERY = new UUID(0, 0);

  private static final String DISOWN = "UPDATE publication SET query_id = ? WHERE query_id = ?";

  private static final String COUNTED =
      "SELECT query_id, results_counted, alerts_counted, activity_counted FROM publication";

  /** Whose the figures are, and as of which snapshots, by sequence number, all was counted. */
  private record Count(UUID query, Map<EventTable, Long> sequences) {

    boolean restsOn(Map<EventTable, Long> blank) {
      return !query.equals(NO_QUERY)
          && blank.entrySet().stream()
              .allMatch(entry -> sequences.get(entry.getKey()) >= entry.getValue());
    }
  }

  /**
   * Whether all figures were counted as of snapshots in which the rows are blank. That they are of
   * another query than before tells nothing: its first batch may have been planned before.
   *
   * @param blank the sequence number of the snapshot that made rows of a table blank
   */
  boolean isDue(Map<EventTable, Long> blank) throws SQLException {
    return !blank.isEmpty() && !isPublished(blank);
  }

  /**
   * Returns once that is published. False where no driver publishes: the next one will do it, and
   * none can begin as long as the connection is open.
   */
  boolean run(Map<EventTable, Long> blank) throws IOException, SQLException, InterruptedException {
    if (AdvisoryLock.PUBLISHING.take(database)) {
      checkpoint.delete();
      return published().isEmpty();
    }
    while (!isPublished(blank)) {
      // A batch that was in flight claims the figures again for its query, whose first batch may
      // have been planned before the rows became blank.
      Optional<UUID> query = published().map(Count::query);
      if (query.isPresent() && !query.get().equals(NO_QUERY)) {
        disown(query.get());
      }
      Thread.sleep(POLL.toMillis());
    }
    return true;
  }

  private boolean isPublished(Map<EventTable, Long> blank) throws SQLException {
    return published().filter(count -> count.restsOn(blank)).isPresent();
  }

  private void disown(UUID query) throws SQLException {
    try (PreparedStatement disown = database.prepareStatement(DISOWN)) {
      disown.setObject(1, NO_QUERY);
      disown.setObject(2, query);
      disown.executeUpdate();
    }
  }

  /** Empty before anything is published. */
  private Optional<Count> published() throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(COUNTED)) {
      if (!row.next()) {
        return Optional.empty();
      }
      Map<EventTable, Long> sequences = new EnumMap<>(EventTable.class);
      for (EventTable table : EventTable.values()) {
        sequences.put(table, row.getLong(table.lowerName() + "_counted"));
      }
      return Optional.of(new Count(row.getObject("query_id", UUID.class), sequences));
    }
  }
}
