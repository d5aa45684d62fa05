// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.erasure;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.util.Tasks;
import org.apache.spark.sql.SparkSession;
import vigie.analytics.archive.ArchiveTables;
import vigie.analytics.archive.EventTable;
import vigie.analytics.config.AnalyticsConfig;
import vigie.analytics.maintenance.Maintenance;
import vigie.analytics.maintenance.TableMaintenance;
import vigie.analytics.publish.AdvisoryLock;
import vigie.analytics.publish.Database;
import vigie.analytics.spark.SparkSessions;
import vigie.analytics.stream.Checkpoint;
import vigie.warehouse.MaintenanceLock;

/**
 * Removes the students of a scope from every table of the archive, every file of it, and every
 * figure, and prints what was removed. archive-service and a driver may go on meanwhile.
 */
public record StudentErasure(AnalyticsConfig config, PrintStream out) {

  /** As for every command of {@code deploy}. */
  static final int UNKNOWN_NAME = 3;

  /**
   * A table and what it is to lose.
   *
   * @param before rows that named them at first
   */
  private record Loss(TableIdentifier name, TableErasure erasure, long before) {

    /** Also what a run that was killed has begun. */
    boolean isAny() {
      return before > 0 || erasure.isUnfinished();
    }
  }

  /**
   * What a table has lost, and what it has not.
   *
   * @param now rows that name them in its current snapshot
   * @param ever rows that name them in any snapshot
   * @param deleted files
   */
  private record Left(long now, long ever, long deleted) {}

  /**
   * 0 when nothing names them any more; 1 when something does, and it is to be run again; {@link
   * #UNKNOWN_NAME} when nothing ever named the student.
   */
  public int run(ErasureScope scope) throws IOException, SQLException, InterruptedException {
    SparkSession spark = SparkSessions.open(config.forCommand());
    SparkSession.setActiveSession(spark);
    Checkpoint checkpoint = new Checkpoint(config.checkpoint(), spark);
    try (ArchiveTables tables = new ArchiveTables(spark, config);
        Connection database = Database.of(config).connect()) {
      if (!AdvisoryLock.FORGETTING.take(database)) {
        out.println("Somebody is being forgotten already: run this once that has ended.");
        return 1;
      }
      FullRecountRequest recount = new FullRecountRequest(database, checkpoint);
      List<Loss> all;
      try (MaintenanceLock lock = lock()) {
        all = losses(spark, tables, scope);
        if (all.stream().noneMatch(Loss::isAny)
            && all.stream().allMatch(loss -> loss.erasure().everNamed() == 0)) {
          out.println(scope.notFound());
          return scope.mayBeMistyped() ? UNKNOWN_NAME : 0;
        }
        lock.requireHeld();
        removeRows(all);
      }
      // The recount may take hours, in which the tables have to be maintained.
      boolean counted = removeFigures(all, recount, scope);
      long left;
      try (MaintenanceLock lock = lock()) {
        left = removeFiles(spark, all, checkpoint);
        lock.requireHeld();
      }
      if (counted) {
        all.stream()
            .map(Loss::erasure)
            .filter(TableErasure::isUnfinished)
            .forEach(TableErasure::finish);
      }
      say(scope, counted, left);
      return counted && left == 0 ? 0 : 1;
    }
  }

  private MaintenanceLock lock() throws SQLException, InterruptedException {
    return MaintenanceLock.take(
        config.catalog(),
        "vigie-erasure",
        other -> out.printf("Waiting for %s to end its work on the archive's files…%n", other));
  }

  /** All are known before anything is changed. */
  private static List<Loss> losses(SparkSession spark, ArchiveTables tables, ErasureScope scope) {
    List<Loss> all = new ArrayList<>();
    for (TableIdentifier name : tables.all()) {
      TableErasure erasure =
          new TableErasure(spark, tables.load(name), SparkSessions.CATALOG + "." + name, scope);
      if (erasure.isPossible()) {
        all.add(new Loss(name, erasure, erasure.named()));
      }
    }
    return all;
  }

  private static void removeRows(List<Loss> all) {
    forEach(all, StudentErasure::removeRows, RuntimeException.class);
  }

  private static void removeRows(Loss loss) {
    if (loss.before() > 0) {
      loss.erasure().blank();
    }
    if (loss.erasure().isUnfinished()) {
      loss.erasure().rewriteManifests();
    }
  }

  /** False where the next driver will do it. */
  private boolean removeFigures(List<Loss> all, FullRecountRequest recount, ErasureScope scope)
      throws IOException, SQLException, InterruptedException {
    Map<EventTable, Long> blank = new EnumMap<>(EventTable.class);
    for (Loss loss : all) {
      if (loss.erasure().isUnfinished()) {
        EventTable.of(loss.name())
            .ifPresent(table -> blank.put(table, loss.erasure().blankSequence()));
      }
    }
    if (!recount.isDue(blank)) {
      return true;
    }
    out.printf("Everything is counted again without %s…%n", scope.words());
    return recount.run(blank);
  }

  /** Rows that name them afterwards, in whatever snapshot. */
  private long removeFiles(SparkSession spark, List<Loss> all, Checkpoint checkpoint)
      throws IOException {
    Optional<Map<EventTable, Long>> standing =
        checkpoint.exists() ? Optional.of(checkpoint.standing()) : Optional.empty();
    Map<Loss, Left> left = new ConcurrentHashMap<>();
    forEach(
        all, loss -> left.put(loss, removeFiles(spark, loss, standing)), RuntimeException.class);
    print("table", "rows", "removed", "left", "snapshots", "left in them", "files deleted");
    all.forEach(loss -> print(loss, left.get(loss)));
    return left.values().stream().mapToLong(Left::ever).sum();
  }

  private Left removeFiles(
      SparkSession spark, Loss loss, Optional<Map<EventTable, Long>> standing) {
    TableErasure erasure = loss.erasure();
    TableMaintenance maintenance =
        new TableMaintenance(spark, config.maintenance().atOnce(), erasure.table());
    erasure.table().refresh();
    long deleted =
        Maintenance.expire(maintenance, loss.name(), standing) + maintenance.removeOrphans();
    long ever = erasure.everNamed();
    return new Left(ever == 0 ? 0 : erasure.named(), ever, deleted);
  }

  private void print(Loss loss, Left left) {
    TableErasure erasure = loss.erasure();
    print(
        loss.name().name(),
        erasure.rows(),
        loss.before(),
        left.now(),
        erasure.snapshots(),
        left.ever(),
        left.deleted());
  }

  private void say(ErasureScope scope, boolean counted, long left) {
    if (counted) {
      out.printf("No figure counts %s.%n", scope.words());
    } else {
      out.printf("Figures count %s until a driver starts, which makes them anew.%n", scope.words());
    }
    if (left > 0) {
      out.printf("Rows name %s still, or again: run this once no more can come.%n", scope.words());
    }
  }

  /** Two at a time: much of the work waits for HDFS, and for what one thread does alone. */
  private static <E extends Exception> void forEach(
      List<Loss> all, Tasks.Task<Loss, E> work, Class<E> checked) throws E {
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      Tasks.foreach(all).executeWith(two).throwFailureWhenFinished().run(work, checked);
    } finally {
      two.shutdown();
    }
  }

  private void print(Object... columns) {
    out.printf(Locale.ROOT, "%-14s %12s %12s %12s %12s %12s %14s%n", columns);
  }
}
