// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.publish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What only one process may do at a time; PostgreSQL frees it when the connection ends. */
public enum AdvisoryLock {
  /** "vigie" in ASCII. */
  PUBLISHING(0x76_69_67_69_65L),
  FORGETTING(0x76_69_67_69_66L);

  private final long key;

  AdvisoryLock(long key) {
    this.key = key;
  }

  /** False while another connection has it. */
  public boolean take(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
      lock.setLong(1, key);
      try (ResultSet answer = lock.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }
}
