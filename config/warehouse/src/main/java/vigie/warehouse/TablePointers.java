// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * The rows of Iceberg's JDBC catalog: which metadata file each table has. Each change is one
 * statement that is its own transaction, and names what it replaces.
 */
record TablePointers(UnrepeatedConnections connections) {

  /** The same for all who look into one database; Iceberg makes it a part of each row's key. */
  static final String CATALOG = "vigie";

  private static final String THIS =
      " WHERE catalog_name = ? AND table_namespace = ? AND table_name = ?"
          + " AND (iceberg_type = 'TABLE' OR iceberg_type IS NULL)";

  private static final String READ = "SELECT metadata_location FROM iceberg_tables" + THIS;

  private static final String CREATE =
      "INSERT INTO iceberg_tables (metadata_location, catalog_name, table_namespace, table_name,"
          + " iceberg_type) VALUES (?, ?, ?, ?, 'TABLE') ON CONFLICT DO NOTHING";

  private static final String MOVE =
      "UPDATE iceberg_tables SET metadata_location = ?, previous_metadata_location = ?"
          + THIS
          + " AND metadata_location = ?";

  private static final String REMOVE =
      "DELETE FROM iceberg_tables" + THIS + " AND metadata_location = ?";

  /** Any number that nothing else in this database locks. */
  private static final long SCHEMA_LOCK = 0x7669676965L;

  /** As Iceberg's JDBC catalog makes them, in its newest version. */
  private static final String SCHEMA =
      """
      CREATE TABLE IF NOT EXISTS iceberg_tables (
        catalog_name VARCHAR(255) NOT NULL,
        table_namespace VARCHAR(255) NOT NULL,
        table_name VARCHAR(255) NOT NULL,
        metadata_location VARCHAR(1000),
        previous_metadata_location VARCHAR(1000),
        iceberg_type VARCHAR(5),
        PRIMARY KEY (catalog_name, table_namespace, table_name));
      CREATE TABLE IF NOT EXISTS iceberg_namespace_properties (
        catalog_name VARCHAR(255) NOT NULL,
        namespace VARCHAR(255) NOT NULL,
        property_key VARCHAR(255),
        property_value VARCHAR(1000),
        PRIMARY KEY (catalog_name, namespace, property_key))
      """;

  /** Makes what is missing; others who do so at the same time wait. */
  void makeSchema() throws SQLException {
    connections.<Void>run(
        connection -> {
          connection.setAutoCommit(false);
          try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(%d)".formatted(SCHEMA_LOCK));
            statement.execute(SCHEMA);
            connection.commit();
          }
          connection.setAutoCommit(true);
          return null;
        });
  }

  Optional<String> read(TableIdentifier table) throws SQLException {
    return connections.run(
        connection -> {
          try (PreparedStatement statement = prepare(connection, READ, keys(table));
              ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
          }
        });
  }

  /** False when the table has a row. */
  boolean create(TableIdentifier table, String location) throws SQLException {
    return change(CREATE, with(location, keys(table)));
  }

  /** False when the table's row is not at {@code from}. */
  boolean move(TableIdentifier table, String from, String to) throws SQLException {
    return change(MOVE, with(to, with(from, keys(table), from)));
  }

  /** False when the table's row is not at {@code from}. */
  boolean remove(TableIdentifier table, String from) throws SQLException {
    String[] keys = keys(table);
    return change(REMOVE, keys[0], keys[1], keys[2], from);
  }

  private boolean change(String sql, String... values) throws SQLException {
    return connections.run(
        connection -> {
          try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate() == 1;
          }
        });
  }

  private static PreparedStatement prepare(Connection connection, String sql, String... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int index = 0; index < values.length; index++) {
      statement.setString(index + 1, values[index]);
    }
    return statement;
  }

  private static String[] keys(TableIdentifier table) {
    return new String[] {CATALOG, table.namespace().toString(), table.name()};
  }

  private static String[] with(String first, String[] keys, String... last) {
    String[] all = new String[1 + keys.length + last.length];
    all[0] = first;
    System.arraycopy(keys, 0, all, 1, keys.length);
    System.arraycopy(last, 0, all, 1 + keys.length, last.length);
    return all;
  }
}
