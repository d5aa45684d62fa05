// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.net.URI;
import java.time.Duration;
import vigie.stack.postgres.CatalogDatabase;

/** Settings for one node of each system. */
record TestConfig(URI warehouse, Catalog catalog, Duration commitInterval)
    implements ArchiveConfig {

  TestConfig(URI warehouse, CatalogDatabase database, Duration commitInterval) {
    this(
        warehouse,
        new Entrance(database.url(), database.user(), database.password()),
        commitInterval);
  }

  /** By another way to the same database. */
  TestConfig by(String url) {
    return new TestConfig(
        warehouse, new Entrance(url, catalog.user(), catalog.password()), commitInterval);
  }

  private record Entrance(String url, String user, String password)
      implements ArchiveConfig.Catalog {}

  @Override
  public short replication() {
    return 1;
  }

  @Override
  public Duration retryDelay() {
    return Duration.ofMillis(100);
  }
}
