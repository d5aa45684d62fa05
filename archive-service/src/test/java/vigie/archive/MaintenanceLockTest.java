// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vigie.stack.postgres.CatalogDatabase;
import vigie.warehouse.CatalogAddress;
import vigie.warehouse.MaintenanceLock;

@ExtendWith(SharedCatalog.class)
class MaintenanceLockTest {

  private CatalogDatabase database;

  @BeforeEach
  void open(CatalogDatabase emptied) {
    database = emptied;
  }

  @Test
  void theSecondHolderWaitsForTheFirstAndIsToldItsName() throws Exception {
    CompletableFuture<String> told = new CompletableFuture<>();
    CompletableFuture<Void> second;
    try (MaintenanceLock first = take("", "first", other -> {})) {
      second =
          CompletableFuture.runAsync(
              () -> {
                try (MaintenanceLock lock = take("", "second", told::complete)) {
                  lock.requireHeld();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      assertTrue(told.get(10, SECONDS).startsWith("first (session "), told::toString);
      assertFalse(second.isDone());
      first.requireHeld();
    }
    second.get(10, SECONDS);
  }

  /** As when its process is frozen: a lease of 300 ms ends before the first renewal. */
  @Test
  void aHolderThatDoesNotRenewItsLeaseLosesTheLock() throws Exception {
    CompletableFuture<String> told = new CompletableFuture<>();
    MaintenanceLock frozen = take("?options=-c%20idle_session_timeout=300", "frozen", other -> {});
    try (MaintenanceLock next = take("", "next", told::complete)) {
      assertEquals("frozen", told.getNow("").split(" ", 2)[0]);
      assertThrows(SQLException.class, frozen::requireHeld);
      next.requireHeld();
    }
    frozen.close();
  }

  private MaintenanceLock take(String options, String holder, Consumer<String> waiting)
      throws Exception {
    CatalogAddress address =
        new CatalogAddress(database.url() + options, database.user(), database.password());
    return MaintenanceLock.take(address, holder, waiting);
  }
}
