// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.publish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies readers of a publication, in a transaction after that of the figures: any role can fill
 * PostgreSQL's queue of notifications, and must not keep figures from being published by that.
 * Readers that miss one are notified of the next publication, or the next idle trigger.
 */
public final class PublicationNotifier {

  private static final Logger LOG = LoggerFactory.getLogger(PublicationNotifier.class);
  private static final String NOTIFY = "SELECT pg_notify('vigie_publication', ?)";

  private PublicationNotifier() {}

  /** The connection has no transaction, before and afterwards. */
  public static void send(Connection connection, long batchId) throws SQLException {
    try (PreparedStatement notify = connection.prepareStatement(NOTIFY)) {
      notify.setString(1, Long.toString(batchId));
      notify.execute();
      connection.commit();
    } catch (SQLException e) {
      LOG.warn("Readers are not notified of batch {}: {}", batchId, e.getMessage());
      connection.rollback();
    }
  }
}
