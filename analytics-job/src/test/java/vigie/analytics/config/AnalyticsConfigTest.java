// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vigie.warehouse.CatalogAddress;

class AnalyticsConfigTest {

  private static final Map<String, String> REQUIRED =
      Map.of(
          "VIGIE_ANALYTICS_WAREHOUSE", "hdfs://h/warehouse",
          "VIGIE_ANALYTICS_CATALOG_URL", "jdbc:postgresql://h/catalog",
          "VIGIE_ANALYTICS_CATALOG_PASSWORD", "pointing",
          "VIGIE_ANALYTICS_CHECKPOINT", "hdfs://h/checkpoint",
          "VIGIE_ANALYTICS_JDBC_URL", "jdbc:postgresql://h/vigie",
          "VIGIE_ANALYTICS_DB_PASSWORD", "secret");

  @Test
  void defaultsAreThese() {
    assertEquals(
        new AnalyticsConfig(
            "hdfs://h/warehouse",
            new CatalogAddress("jdbc:postgresql://h/catalog", "catalog", "pointing"),
            "hdfs://h/checkpoint",
            "jdbc:postgresql://h/vigie",
            "vigie",
            "secret",
            Duration.ofSeconds(60),
            "local[*]",
            0,
            "127.0.0.1",
            0,
            2,
            Duration.ofHours(24),
            50,
            1,
            Duration.ofDays(400),
            3,
            new MaintenanceConfig(
                Duration.ofMinutes(15), 128, Duration.ofHours(1), Duration.ofDays(1))),
        AnalyticsConfig.from(REQUIRED));
  }

  @Test
  void whatIsDoneBesideADriverDoesNotWaitForTheProcessorsThatItHas() {
    Map<String, String> standalone = new HashMap<>(REQUIRED);
    standalone.put("VIGIE_ANALYTICS_MASTER", "spark://h:7077");
    assertEquals("local[*]", AnalyticsConfig.from(standalone).forCommand().master());
    standalone.put("VIGIE_ANALYTICS_MASTER", "yarn");
    assertEquals("yarn", AnalyticsConfig.from(standalone).forCommand().master());
  }

  @Test
  void everyVariableIsRead() {
    Map<String, String> all = new HashMap<>(REQUIRED);
    all.put("VIGIE_ANALYTICS_CATALOG_USER", "pointer");
    all.put("VIGIE_ANALYTICS_DB_USER", "other");
    all.put("VIGIE_ANALYTICS_INTERVAL", "500ms");
    all.put("VIGIE_ANALYTICS_MASTER", "spark://h:7077");
    all.put("VIGIE_ANALYTICS_UI_PORT", "1");
    all.put("VIGIE_ANALYTICS_HTTP_HOST", "h");
    all.put("VIGIE_ANALYTICS_HTTP_PORT", "2");
    all.put("VIGIE_ANALYTICS_SHUFFLE_PARTITIONS", "3");
    all.put("VIGIE_ANALYTICS_DUPLICATE_TTL", "PT36H");
    all.put("VIGIE_ANALYTICS_PASS_MARK", "62.5");
    all.put("VIGIE_ANALYTICS_SMALLEST_CELL", "5");
    all.put("VIGIE_ANALYTICS_MINUTES_AGE", "30d");
    all.put("VIGIE_ANALYTICS_REPLICATION", "1");
    all.put("VIGIE_ANALYTICS_MAINTENANCE_INTERVAL", "1m");
    all.put("VIGIE_ANALYTICS_MAINTENANCE_FILE_MEGABYTES", "64");
    all.put("VIGIE_ANALYTICS_MAINTENANCE_SNAPSHOT_AGE", "5m");
    all.put("VIGIE_ANALYTICS_MAINTENANCE_ORPHAN_AGE", "2h");
    all.put("HOME", "/not/ours");
    assertEquals(
        new AnalyticsConfig(
            "hdfs://h/warehouse",
            new CatalogAddress("jdbc:postgresql://h/catalog", "pointer", "pointing"),
            "hdfs://h/checkpoint",
            "jdbc:postgresql://h/vigie",
            "other",
            "secret",
            Duration.ofMillis(500),
            "spark://h:7077",
            1,
            "h",
            2,
            3,
            Duration.ofHours(36),
            62.5,
            5,
            Duration.ofDays(30),
            1,
            new MaintenanceConfig(
                Duration.ofMinutes(1), 64, Duration.ofMinutes(5), Duration.ofHours(2))),
        AnalyticsConfig.from(all));
  }

  @Test
  void everyFaultIsNamedAtOnce() {
    Map<String, String> wrong = new HashMap<>(REQUIRED);
    wrong.remove("VIGIE_ANALYTICS_WAREHOUSE");
    wrong.put("VIGIE_ANALYTICS_CHECKPOINT", " ");
    wrong.put("VIGIE_ANALYTICS_INTERVAL", "0s");
    wrong.put("VIGIE_ANALYTICS_SHUFFLE_PARTITIONS", "0");
    wrong.put("VIGIE_ANALYTICS_MAINTENANCE_ORPHAN_AGE", "90m");
    wrong.put("VIGIE_ANALYTICS_INTERWAL", "1s");
    String message =
        assertThrows(IllegalArgumentException.class, () -> AnalyticsConfig.from(wrong))
            .getMessage();
    assertEquals(
        "VIGIE_ANALYTICS_WAREHOUSE is missing; VIGIE_ANALYTICS_CHECKPOINT is blank;"
            + " VIGIE_ANALYTICS_INTERVAL=0s: not more than 0;"
            + " VIGIE_ANALYTICS_SHUFFLE_PARTITIONS=0: less than 1;"
            + " VIGIE_ANALYTICS_MAINTENANCE_ORPHAN_AGE=90m: less than PT2H;"
            + " VIGIE_ANALYTICS_INTERWAL is not known",
        message);
  }

  @Test
  void noPasswordIsPrinted() {
    String printed = AnalyticsConfig.from(REQUIRED).toString();
    assertFalse(printed.contains("secret"), printed);
    assertFalse(printed.contains("pointing"), printed);
  }
}
