// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import vigie.stack.postgres.CatalogDatabase;
import vigie.stack.postgres.PostgresServer;

/** One PostgreSQL for all classes that take a {@link CatalogDatabase}, which is empty each time. */
final class SharedCatalog implements ParameterResolver {

  private record Running(PostgresServer postgres) implements AutoCloseable {

    static Running start() {
      try {
        Path folder = Files.createTempDirectory("vigie-catalog");
        return new Running(PostgresServer.startIn(folder));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    CatalogDatabase emptied() {
      CatalogDatabase catalog = postgres.catalog();
      try (Connection connection =
              DriverManager.getConnection(catalog.url(), catalog.user(), catalog.password());
          Statement statement = connection.createStatement()) {
        statement.execute("DROP TABLE IF EXISTS iceberg_tables");
      } catch (SQLException e) {
        throw new IllegalStateException("The catalog cannot be emptied", e);
      }
      return catalog;
    }

    @Override
    public void close() {
      postgres.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == CatalogDatabase.class;
  }

  @Override
  public CatalogDatabase resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getRoot()
        .getStore(Namespace.create(SharedCatalog.class))
        .computeIfAbsent(Running.class, key -> Running.start(), Running.class)
        .emptied();
  }
}
