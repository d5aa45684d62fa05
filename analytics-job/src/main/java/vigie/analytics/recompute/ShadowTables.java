// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.recompute;

import java.sql.Connection;
import java.sql.SQLException;
import vigie.analytics.aggregate.FullAggregation;
import vigie.analytics.publish.FigureSql;
import vigie.analytics.publish.PublicationNotifier;
import vigie.analytics.publish.StagingTable;

/**
 * Figures that are computed anew, in tables like the published ones that only their own session
 * sees, and sees first. They are gone when the transaction ends.
 */
final class ShadowTables {

  /** Where the published figures are. */
  static final String PUBLISHED = "public";

  /** Where those computed anew are. */
  static final String SHADOW = "pg_temp";

  private final Connection connection;

  ShadowTables(Connection connection) {
    this.connection = connection;
  }

  /** Returns the events that {@code sums} stand for. */
  long fill(FullAggregation.Sums sums) throws SQLException {
    for (String table : FigureSql.TABLES) {
      StagingTable.execute(
          connection,
          "CREATE TEMPORARY TABLE %s (LIKE %s.%s INCLUDING ALL) ON COMMIT DROP"
              .formatted(table, PUBLISHED, table));
    }
    StagingTable.create(connection);
    StagingTable staging = new StagingTable(connection);
    long events = staging.fill(sums);
    staging.add();
    return events;
  }

  /** Readers see the old figures or the new ones; what is published stays known as it was. */
  void swap(long batchId) throws SQLException {
    for (String clear : FigureSql.CLEAR) {
      StagingTable.execute(connection, clear);
    }
    for (String table : FigureSql.TABLES) {
      StagingTable.execute(
          connection,
          "INSERT INTO %s.%s SELECT * FROM %s.%s".formatted(PUBLISHED, table, SHADOW, table));
    }
    connection.commit();
    PublicationNotifier.send(connection, batchId);
  }
}
