// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.spark.sql.SparkSession;

/**
 * Takes one student out of every table of the archive, every file of it, and every figure, and
 * prints what was removed. archive-service and a driver may go on meanwhile.
 */
record Forget(AnalyticsConfig config, PrintStream out) {

  /** What was done in one table. */
  private record Removed(TableIdentifier name, Erasure erasure, long before) {}

  /**
   * 0 when nothing names the student any more; 1 when something does, and it is to be run again.
   */
  int run(String student) throws IOException, SQLException, InterruptedException {
    SparkSession spark = Engine.open(config.besideADriver());
    SparkSession.setActiveSession(spark);
    Checkpoint checkpoint = new Checkpoint(config.checkpoint(), spark);
    try (ArchiveTables tables = new ArchiveTables(spark, config.warehouse());
        Connection database = Database.of(config).connect()) {
      List<Removed> all = removeRows(spark, tables, student);
      boolean counted = true;
      if (all.stream().anyMatch(removed -> removed.before() > 0)) {
        out.println("Everything is counted again without the student…");
        counted = new Recount(database, checkpoint).run();
      }
      long left = removeFiles(spark, all, checkpoint);
      out.println(
          counted
              ? "No figure counts the student."
              : "Figures count the student until a driver starts, which makes them anew.");
      if (left > 0) {
        out.println("Rows name the student still, or again: run this once no more can come.");
      }
      return counted && left == 0 ? 0 : 1;
    }
  }

  private List<Removed> removeRows(SparkSession spark, ArchiveTables tables, String student) {
    List<Removed> all = new ArrayList<>();
    for (TableIdentifier name : tables.all()) {
      Erasure erasure = new Erasure(spark, tables.load(name), Engine.CATALOG + "." + name, student);
      if (erasure.isPossible()) {
        long before = erasure.named();
        if (before > 0) {
          erasure.blank();
        }
        all.add(new Removed(name, erasure, before));
      }
    }
    return all;
  }

  /** Rows that name the student afterwards, in whatever snapshot. */
  private long removeFiles(SparkSession spark, List<Removed> all, Checkpoint checkpoint)
      throws IOException {
    Optional<Map<EventTable, Long>> standing =
        checkpoint.exists() ? Optional.of(checkpoint.standing()) : Optional.empty();
    long left = 0;
    print("table", "rows", "his before", "his now", "snapshots", "with him", "files deleted");
    for (Removed removed : all) {
      Erasure erasure = removed.erasure();
      TableCare care = new TableCare(spark, config.maintenance().atOnce(), erasure.table());
      erasure.table().refresh();
      long deleted = Maintenance.expire(care, removed.name(), standing) + care.removeOrphans();
      long ever = erasure.everNamed();
      left += ever;
      print(
          removed.name().name(),
          erasure.rows(),
          removed.before(),
          erasure.named(),
          erasure.snapshots(),
          ever,
          deleted);
    }
    return left;
  }

  private void print(Object... columns) {
    out.printf(Locale.ROOT, "%-14s %12s %12s %12s %12s %12s %14s%n", columns);
  }
}
