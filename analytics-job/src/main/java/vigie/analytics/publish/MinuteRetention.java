// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.publish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import vigie.analytics.config.AnalyticsConfig;

/** Of all figures those of the minutes are the ones that grow with time: the old are forgotten. */
public final class MinuteRetention {

  private MinuteRetention() {}

  /**
   * Deletes them and says so in the publication, in one transaction, so that neither an event that
   * comes late nor a computation from scratch brings back a part of them.
   *
   * @return how many there were
   */
  public static long forget(AnalyticsConfig config) throws SQLException {
    Instant since = Instant.now().minus(config.minutesAge()).truncatedTo(ChronoUnit.MINUTES);
    try (Connection connection = Database.of(config).connect();
        PreparedStatement forget = connection.prepareStatement(FigureSql.FORGET);
        Statement delete = connection.createStatement()) {
      connection.setAutoCommit(false);
      forget.setObject(1, since.atOffset(ZoneOffset.UTC));
      forget.executeUpdate();
      long forgotten = delete.executeLargeUpdate(FigureSql.DELETE_FORGOTTEN);
      connection.commit();
      return forgotten;
    }
  }
}
