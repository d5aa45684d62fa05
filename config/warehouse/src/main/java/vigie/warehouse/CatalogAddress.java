// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.net.URI;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * The database that points to each table's metadata, and the role that owns it.
 *
 * @param url {@code jdbc:postgresql://host:port/catalog}
 */
public record CatalogAddress(String url, String user, String password) {

  /** The database's owner, unless an operator says otherwise. */
  public static final String USER = "catalog";

  static final String USER_PROPERTY = JdbcCatalog.PROPERTY_PREFIX + "user";
  static final String PASSWORD_PROPERTY = JdbcCatalog.PROPERTY_PREFIX + "password";

  /** What an engine has to give to {@link ArchiveCatalog}, by the names that Iceberg knows. */
  public Map<String, String> properties(URI warehouse) {
    return Map.of(
        CatalogProperties.URI,
        url,
        CatalogProperties.WAREHOUSE_LOCATION,
        warehouse.toString(),
        USER_PROPERTY,
        user,
        PASSWORD_PROPERTY,
        password);
  }

  @Override
  public String toString() {
    return user + "@" + url;
  }
}
