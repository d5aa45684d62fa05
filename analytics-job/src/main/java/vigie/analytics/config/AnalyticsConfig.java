// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.config;

import java.time.Duration;
import java.util.Map;
import vigie.warehouse.CatalogAddress;

/**
 * What the job is told by its environment.
 *
 * @param warehouse the Iceberg warehouse that archive-service writes, a URL
 * @param catalog the PostgreSQL database that points to each table's metadata
 * @param checkpoint where the query keeps what it has read, a URL on storage that outlives the job
 * @param jdbcUrl the PostgreSQL database of the figures
 * @param interval time between the starts of two triggers, which look for new events
 * @param master Spark's master: {@code local[*]}, or {@code spark://…}
 * @param uiPort port of Spark's own pages; 0 for no pages
 * @param httpHost address at which health and metrics are asked for; 127.0.0.1 unless set
 * @param httpPort port of health and metrics; 0 is any free one
 * @param shufflePartitions pieces that the ids seen are kept in; a checkpoint keeps its first value
 * @param duplicateTtl how long an id is remembered after it was first counted
 * @param passMark scores below it are not passed, percent; 50 unless set
 * @param smallestCell places with fewer results, and fewer alerts, are not shown; 1, which shows
 *     all, unless set
 * @param minutesAge age from which the figures of a minute are forgotten; 400 days unless set
 * @param replication copies that HDFS keeps of each file of the checkpoint and of compaction
 */
public record AnalyticsConfig(
    String warehouse,
    CatalogAddress catalog,
    String checkpoint,
    String jdbcUrl,
    String dbUser,
    String dbPassword,
    Duration interval,
    String master,
    int uiPort,
    String httpHost,
    int httpPort,
    int shufflePartitions,
    Duration duplicateTtl,
    double passMark,
    int smallestCell,
    Duration minutesAge,
    int replication,
    MaintenanceConfig maintenance) {

  public static AnalyticsConfig from(Map<String, String> environment) {
    Settings settings = new Settings("VIGIE_ANALYTICS_", environment);
    AnalyticsConfig config =
        new AnalyticsConfig(
            settings.text("WAREHOUSE"),
            new CatalogAddress(
                settings.text("CATALOG_URL"),
                settings.text("CATALOG_USER", CatalogAddress.USER),
                settings.text("CATALOG_PASSWORD")),
            settings.text("CHECKPOINT"),
            settings.text("JDBC_URL"),
            settings.text("DB_USER", "vigie"),
            settings.text("DB_PASSWORD"),
            settings.duration("INTERVAL", Duration.ofSeconds(60)),
            settings.text("MASTER", "local[*]"),
            settings.number("UI_PORT", 0, 0),
            settings.text("HTTP_HOST", "127.0.0.1"),
            settings.number("HTTP_PORT", 0, 0),
            settings.number("SHUFFLE_PARTITIONS", 2, 1),
            settings.duration("DUPLICATE_TTL", Duration.ofHours(24)),
            settings.percentage("PASS_MARK", 50),
            settings.number("SMALLEST_CELL", 1, 1),
            settings.duration("MINUTES_AGE", Duration.ofDays(400)),
            settings.number("REPLICATION", 3, 1),
            MaintenanceConfig.from(settings));
    settings.refuseFaultsAndTheUnknown();
    return config;
  }

  /**
   * For a command that runs once, beside a driver: with no pages of its own. It runs in its own
   * process where the driver has all processors of a standalone cluster, since it would have to
   * wait for them.
   */
  public AnalyticsConfig forCommand() {
    return new AnalyticsConfig(
        warehouse,
        catalog,
        checkpoint,
        jdbcUrl,
        dbUser,
        dbPassword,
        interval,
        master.startsWith("spark:") ? "local[*]" : master,
        0,
        httpHost,
        httpPort,
        shufflePartitions,
        duplicateTtl,
        passMark,
        smallestCell,
        minutesAge,
        replication,
        maintenance);
  }

  @Override
  public String toString() {
    return ("warehouse=%s catalog=%s checkpoint=%s jdbcUrl=%s dbUser=%s dbPassword=*** interval=%s master=%s"
            + " uiPort=%d httpHost=%s httpPort=%d shufflePartitions=%d duplicateTtl=%s passMark=%s"
            + " smallestCell=%d minutesAge=%s replication=%d %s")
        .formatted(
            warehouse,
            catalog,
            checkpoint,
            jdbcUrl,
            dbUser,
            interval,
            master,
            uiPort,
            httpHost,
            httpPort,
            shufflePartitions,
            duplicateTtl,
            passMark,
            smallestCell,
            minutesAge,
            replication,
            maintenance);
  }
}
