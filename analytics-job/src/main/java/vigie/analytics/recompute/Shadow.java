// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.recompute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import vigie.analytics.aggregate.FromScratch;
import vigie.analytics.publish.FigureTables;
import vigie.analytics.publish.Stage;

/**
 * Figures that are computed anew, in tables like the published ones that only their own session
 * sees, and sees first. They are gone when the transaction ends.
 */
final class Shadow {

  /** Where the published figures are. */
  static final String PUBLISHED = "public";

  /** Where those computed anew are. */
  static final String SHADOW = "pg_temp";

  private final Connection connection;

  Shadow(Connection connection) {
    this.connection = connection;
  }

  /** Returns the events that {@code sums} stand for. */
  long fill(FromScratch.Sums sums) throws SQLException {
    for (String table : FigureTables.TABLES) {
      Stage.execute(
          connection,
          "CREATE TEMPORARY TABLE %s (LIKE %s.%s INCLUDING ALL) ON COMMIT DROP"
              .formatted(table, PUBLISHED, table));
    }
    Stage.create(connection);
    Stage stage = new Stage(connection);
    long events = stage.fill(sums);
    stage.add();
    return events;
  }

  /** Readers see the old figures or the new ones; what is published stays known as it was. */
  void swap(long batchId) throws SQLException {
    for (String clear : FigureTables.CLEAR) {
      Stage.execute(connection, clear);
    }
    for (String table : FigureTables.TABLES) {
      Stage.execute(
          connection,
          "INSERT INTO %s.%s SELECT * FROM %s.%s".formatted(PUBLISHED, table, SHADOW, table));
    }
    try (PreparedStatement notify = connection.prepareStatement(FigureTables.NOTIFY)) {
      notify.setString(1, Long.toString(batchId));
      notify.execute();
    }
    connection.commit();
  }
}
