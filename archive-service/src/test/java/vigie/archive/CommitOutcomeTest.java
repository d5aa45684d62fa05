// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.archive.table.ArchiveTable;
import vigie.archive.table.EventTable;
import vigie.stack.postgres.CatalogDatabase;
import vigie.warehouse.OrphanFence;

/** Commits whose connection to PostgreSQL breaks, or stands still, between UPDATE and answer. */
@ExtendWith(SharedCatalog.class)
class CommitOutcomeTest {

  private static final ArchiveTable TABLE = EventTable.RESULTS;

  /** Metadata that are kept, and how many commits more there are while a writer sleeps. */
  private static final int KEPT = 5;

  private static final int MORE = 5;

  @TempDir private Path folder;
  private TestConfig config;
  private CatalogProxy proxy;
  private Warehouse warehouse;
  private Warehouse cut;
  private Table table;
  private Table lossy;

  @BeforeEach
  void open(CatalogDatabase database) throws Exception {
    config = new TestConfig(folder.toUri(), database, Duration.ofSeconds(1));
    proxy = new CatalogProxy(database);
    warehouse = new Warehouse(config);
    cut = new Warehouse(config.by(proxy.url()));
    table = warehouse.open(TABLE);
    table
        .updateProperties()
        .set(TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, Integer.toString(KEPT))
        .commit();
    lossy = cut.open(TABLE);
  }

  @AfterEach
  void close() throws Exception {
    warehouse.close();
    cut.close();
    proxy.close();
  }

  @Test
  void aCommitWhoseAnswerIsLostHappened() throws Exception {
    Commit commit = Writing.commit(lossy, 0, 0, 10);
    proxy.loseTheAnswer(() -> {});
    commit.publish();
    assertArchived(Map.of(0, 10L));
  }

  @Test
  void itHappenedAlsoWhenAnotherWriterIsOnTop() throws Exception {
    Commit commit = Writing.commit(lossy, 0, 0, 10);
    proxy.loseTheAnswer(() -> Writing.commit(table, 1, 0, 5).publish());
    commit.publish();
    assertArchived(Map.of(0, 10L, 1, 5L));
  }

  @Test
  void aCommitThatIsLostIsUnknownAndTheTableStands() throws Exception {
    Commit commit = Writing.commit(lossy, 0, 0, 10);
    proxy.loseTheUpdate(() -> Writing.commit(table, 1, 0, 5).publish());
    assertThrows(CommitStateUnknownException.class, commit::publish);
    assertArchived(Map.of(1, 5L));
    Writing.commit(lossy, 0, 0, 10).publish();
    assertArchived(Map.of(0, 10L, 1, 5L));
  }

  /** Unknown is not failed: nothing of it may be deleted. */
  @Test
  void anUpdateThatArrivesAfterItsWriterHasGivenUpLeavesAReadableTable() throws Exception {
    CountDownLatch givenUp = new CountDownLatch(1);
    Commit commit = Writing.commit(lossy, 0, 0, 10);
    proxy.deliverTheUpdateLate(givenUp::await);
    assertThrows(CommitStateUnknownException.class, commit::publish);
    assertArchived(Map.of(0, 0L));
    givenUp.countDown();

    Writing.eventually(
        () -> Rows.assertExactlyOnce(Rows.load(config, TABLE), Map.of(0, 10L), "late"));
    assertThrows(ValidationException.class, () -> Writing.commit(table, 0, 0, 10));
    Writing.commit(lossy, 0, 10, 20).publish();
    assertArchived(Map.of(0, 20L));
  }

  @Test
  void aWriterThatSleepsWhileAllItsMetadataGoIsRefused() throws Exception {
    Writing.commit(table, 0, 0, 10).publish();
    lossy.refresh();
    Commit sleeper = Writing.commit(lossy, 0, 10, 15);
    FutureTask<Void> publishing = whileOthersCommit(sleeper::publish);

    ExecutionException refused = assertThrows(ExecutionException.class, publishing::get);
    assertTrue(refused.getCause() instanceof ValidationException, refused.toString());
    assertNewestStands();
  }

  /** It does its work again on the newest metadata, where its files are what they were. */
  @Test
  void aCompactionThatSleepsWhileAllItsMetadataGoTakesNothingAway() throws Exception {
    Writing.commit(table, 0, 0, 10).publish();
    lossy.refresh();
    whileOthersCommit(() -> Maintenance.compact(lossy, TABLE)).get();
    assertNewestStands();
  }

  /** Its session of the maintenance lock ended while it was frozen, so that another one began. */
  @Test
  void aCompactionWhoseFilesGoAsOrphansWhileItSleepsIsRefused() throws Exception {
    assertRefusedAfter(
        (orphans, age) -> {
          OrphanFence.raise(table, age);
          for (Path orphan : orphans) {
            Files.delete(orphan);
          }
        });
  }

  /** The other one has said so and not yet come to delete them. */
  @Test
  void aCompactionWhoseFilesAreAboutToGoAsOrphansIsRefused() throws Exception {
    assertRefusedAfter((orphans, age) -> OrphanFence.raise(table, age));
  }

  /** Another one again, with more patience: what the first removed is gone all the same. */
  @Test
  void aLaterRemovalOfOlderOrphansDoesNotLetThemPass() throws Exception {
    assertRefusedAfter(
        (orphans, age) -> {
          OrphanFence.raise(table, age);
          OrphanFence.raise(table, age.multipliedBy(12));
        });
  }

  /** By a file system whose clock was an hour ahead. */
  @Test
  void aRemovalFromTheFutureHoldsCommitsBackUntilTheNextOne() throws Exception {
    OrphanFence.raise(table, Duration.ofHours(-1));
    lossy.refresh();
    assertThrows(ValidationException.class, () -> Writing.commit(lossy, 0, 0, 10).publish());
    OrphanFence.raise(table, Duration.ofHours(2));
    Writing.commit(lossy, 0, 0, 10).publish();
    assertArchived(Map.of(0, 10L));
  }

  private interface Removal {
    void remove(List<Path> orphans, Duration age) throws Exception;
  }

  private void assertRefusedAfter(Removal removal) throws Exception {
    Writing.commit(table, 0, 0, 10).publish();
    lossy.refresh();
    Set<Path> committed = Set.copyOf(dataFiles());
    Duration age = Duration.ofHours(2);
    FutureTask<Void> compaction =
        whileHeld(
            () -> Maintenance.compact(lossy, TABLE),
            () -> {
              List<Path> orphans = new ArrayList<>(dataFiles());
              orphans.removeAll(committed);
              assertEquals(1, orphans.size(), orphans::toString);
              FileTime old = FileTime.from(Instant.now().minus(age).minusSeconds(60));
              for (Path orphan : orphans) {
                Files.setLastModifiedTime(orphan, old);
              }
              removal.remove(orphans, age);
            });
    ExecutionException refused = assertThrows(ExecutionException.class, compaction::get);
    assertTrue(refused.getCause() instanceof ValidationException, refused.toString());
    assertArchived(Map.of(0, 10L));
  }

  private List<Path> dataFiles() throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("exam/results/data"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  private FutureTask<Void> whileOthersCommit(CatalogProxy.Meanwhile publish) throws Exception {
    String base = Writing.metadataFile(lossy);
    return whileHeld(
        publish,
        () -> {
          for (long next = 10; next < 10 + KEPT + MORE; next++) {
            Writing.commit(table, 0, next, next + 1).publish();
          }
          assertFalse(Files.exists(Path.of(URI.create(base))), base);
        });
  }

  /** Held between its last check and the move of the pointer. */
  private FutureTask<Void> whileHeld(
      CatalogProxy.Meanwhile publish, CatalogProxy.Meanwhile meanwhile) throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    proxy.holdTheUpdate(
        () -> {
          held.countDown();
          over.await();
        });
    FutureTask<Void> publishing =
        new FutureTask<>(
            () -> {
              publish.run();
              return null;
            });
    new Thread(publishing, "sleeper").start();
    held.await();
    meanwhile.run();
    over.countDown();
    return publishing;
  }

  private void assertNewestStands() throws Exception {
    try (Warehouse fresh = new Warehouse(config)) {
      Table newest = fresh.open(TABLE);
      Maintenance.expireAllButTheLastSnapshot(newest);
      Writing.commit(newest, 0, 10 + KEPT + MORE, 30).publish();
    }
    assertArchived(Map.of(0, 30L));
    assertTrue(metadataFiles() <= KEPT + 1, "refused metadata is left");
  }

  private long metadataFiles() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("exam/results/metadata"))) {
      return files.filter(file -> file.toString().endsWith(".metadata.json")).count();
    }
  }

  private void assertArchived(Map<Integer, Long> ends) {
    Rows.assertExactlyOnce(Rows.load(config, TABLE), ends, "table");
    assertEquals(
        Writing.metadataFile(Rows.load(config, TABLE)), Writing.metadataFile(refreshed(table)));
  }

  private static Table refreshed(Table table) {
    table.refresh();
    return table;
  }
}
