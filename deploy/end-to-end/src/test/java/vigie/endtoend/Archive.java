// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import vigie.stack.VigieStack;
import vigie.stack.postgres.CatalogDatabase;

/** The Iceberg tables on HDFS, read without any of Vigie's code. */
final class Archive implements AutoCloseable {

  /** A look reads all files of a table, which takes the processor from the parts waited for. */
  static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  private final JdbcCatalog catalog = new JdbcCatalog();

  Archive(VigieStack vigie) {
    CatalogDatabase database = vigie.postgres().catalog();
    catalog.setConf(new Configuration());
    catalog.initialize(
        "vigie",
        Map.of(
            "uri", database.url(),
            "jdbc.user", database.user(),
            "jdbc.password", database.password(),
            "warehouse", vigie.warehouse()));
  }

  /** The ids in {@code exam.results} of these exercises, one for each row. */
  List<UUID> resultIds(Set<String> exercises) throws IOException {
    Table results = catalog.loadTable(TableIdentifier.of(Namespace.of("exam"), "results"));
    List<UUID> ids = new ArrayList<>();
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(results)
            .where(Expressions.in("exerciseId", exercises.toArray()))
            .select("id", "exerciseId")
            .build()) {
      rows.forEach(row -> ids.add((UUID) row.getField("id")));
    }
    return ids;
  }

  /** One row of {@code exam.deployments}. */
  record Report(UUID id, String unitId, String outcome) {}

  /** What patrols reported of this alert. */
  List<Report> reports(UUID alertId) throws IOException {
    Table deployments = catalog.loadTable(TableIdentifier.of(Namespace.of("exam"), "deployments"));
    List<Report> reports = new ArrayList<>();
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(deployments)
            .where(Expressions.equal("alertId", alertId))
            .select("id", "unitId", "outcome")
            .build()) {
      rows.forEach(
          row ->
              reports.add(
                  new Report(
                      (UUID) row.getField("id"),
                      (String) row.getField("unitId"),
                      (String) row.getField("outcome"))));
    }
    return reports;
  }

  @Override
  public void close() {
    catalog.close();
  }
}
