// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import vigie.warehouse.CatalogAddress;

/** What an operator can set. */
@ConfigMapping(prefix = "vigie.archive")
interface ArchiveConfig {

  /** Where the Iceberg tables are, for example {@code hdfs://namenode:8020/vigie/warehouse}. */
  URI warehouse();

  /** The database that points to each table's newest metadata. */
  Catalog catalog();

  /** Time between two commits of a table, and so the delay until a reader sees a record. */
  @WithDefault("5s")
  Duration commitInterval();

  /** Copies of each HDFS block, at most the number of DataNodes. */
  @WithDefault("3")
  short replication();

  /** Pause before a table whose loop failed is opened again. */
  @WithDefault("1s")
  Duration retryDelay();

  /** A PostgreSQL database of its own, and the role that owns it. */
  interface Catalog {

    /** For example {@code jdbc:postgresql://postgresql:5432/catalog}. */
    String url();

    /** The role that owns the database. */
    @WithDefault(CatalogAddress.USER)
    String user();

    /** Of that role. */
    String password();
  }
}
