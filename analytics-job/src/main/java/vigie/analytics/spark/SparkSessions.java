// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.spark;

import java.net.URI;
import org.apache.spark.sql.SparkSession;
import vigie.analytics.config.AnalyticsConfig;
import vigie.warehouse.ArchiveCatalog;
import vigie.warehouse.ClusterSettings;

/**
 * The Spark session, as lean as the work allows; {@code cell} of {@link H3Cells} is known to its
 * SQL.
 */
public final class SparkSessions {

  /** The Iceberg catalog's name within Spark. */
  public static final String CATALOG = "vigie";

  /**
   * What executors in processes of their own need beside what Spark gives them: see jvm-options.
   */
  private static final String EXECUTOR_OPTIONS =
      "-Dorg.apache.iceberg.shaded.io.netty.noUnsafe=false";

  private SparkSessions() {}

  /** The running session, or a new one when no session runs or its context has stopped. */
  public static SparkSession open(AnalyticsConfig config) {
    String catalog = "spark.sql.catalog." + CATALOG;
    SparkSession.Builder session =
        SparkSession.builder()
            .appName("vigie-analytics")
            .master(config.master())
            .config("spark.ui.enabled", config.uiPort() != 0)
            .config("spark.ui.port", config.uiPort())
            // Its pages ask for no password, and a link that ends jobs would end the figures.
            .config("spark.ui.killEnabled", false)
            .config("spark.ui.showConsoleProgress", false)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", config.shufflePartitions())
            .config("spark.scheduler.mode", "FAIR")
            .config("spark.executor.extraJavaOptions", EXECUTOR_OPTIONS)
            // Streaming does not support it, and says so at each start.
            .config("spark.sql.adaptive.enabled", false)
            .config(catalog, "org.apache.iceberg.spark.SparkCatalog")
            .config(catalog + ".catalog-impl", ArchiveCatalog.class.getName())
            // A cached table would hide that archive-service has made or replaced it.
            .config(catalog + ".cache-enabled", false)
            .config(
                "spark.sql.streaming.stateStore.providerClass",
                "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider")
            // Without the changelog each batch would upload what all batches before it have kept.
            .config("spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled", true)
            // Counting its rows would look each id up twice more.
            .config("spark.sql.streaming.stateStore.rocksdb.trackTotalNumberOfRows", false)
            // Ids come in no order: what tells that one is not there is to stay in memory.
            .config("spark.sql.streaming.stateStore.rocksdb.blockCacheSizeMB", 64)
            .config("spark.sql.streaming.minBatchesToRetain", 10)
            // An operator with a clock would ask for another batch always: see DeduplicateById.
            .config("spark.sql.streaming.noDataMicroBatches.enabled", false)
            // Each trigger that finds nothing new leaves a progress of its own: see IdleTrigger.
            .config("spark.sql.streaming.noDataProgressEventInterval", 0)
            .config("spark.hadoop.dfs.replication", config.replication())
            // On a cluster with fewer DataNodes than copies a lost one is not replaced.
            .config(
                "spark.hadoop.dfs.client.block.write.replace-datanode-on-failure.best-effort",
                true);
    config
        .catalog()
        .properties(URI.create(config.warehouse()))
        .forEach((name, value) -> session.config(catalog + "." + name, value));
    ClusterSettings.read()
        .forEach(setting -> session.config("spark.hadoop." + setting.getKey(), setting.getValue()));
    if (config.master().startsWith("local")) {
      session.config("spark.driver.host", "127.0.0.1");
      session.config("spark.driver.bindAddress", "127.0.0.1");
    }
    SparkSession spark = session.getOrCreate();
    if (!spark.catalog().functionExists("cell")) {
      spark.udf().register("cell", H3Cells.CELL);
    }
    return spark;
  }
}
