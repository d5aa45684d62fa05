// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchiveConfigTest {

  private static final String WAREHOUSE = "vigie.archive.warehouse";
  private static final String CATALOG = "vigie.archive.catalog.url";
  private static final String PASSWORD = "vigie.archive.catalog.password";

  @Test
  void everyDefaultIsWrittenDownHere() {
    ArchiveConfig config =
        config(
            Map.of(
                WAREHOUSE,
                "hdfs://namenode:8020/vigie/warehouse",
                CATALOG,
                "jdbc:postgresql://postgresql/catalog",
                PASSWORD,
                "secret"));
    assertEquals(URI.create("hdfs://namenode:8020/vigie/warehouse"), config.warehouse());
    assertEquals("jdbc:postgresql://postgresql/catalog", config.catalog().url());
    assertEquals("catalog", config.catalog().user());
    assertEquals("secret", config.catalog().password());
    assertEquals(Duration.ofSeconds(5), config.commitInterval());
    assertEquals(3, config.replication());
    assertEquals(Duration.ofSeconds(1), config.retryDelay());
  }

  @Test
  void everyKeyIsHeeded() {
    ArchiveConfig config =
        config(
            Map.of(
                WAREHOUSE,
                "file:///tmp",
                CATALOG,
                "jdbc:postgresql://postgresql/catalog",
                "vigie.archive.catalog.user",
                "pointer",
                PASSWORD,
                "secret",
                "vigie.archive.commit-interval",
                "250ms",
                "vigie.archive.replication",
                "1",
                "vigie.archive.retry-delay",
                "3s"));
    assertEquals("pointer", config.catalog().user());
    assertEquals(Duration.ofMillis(250), config.commitInterval());
    assertEquals(1, config.replication());
    assertEquals(Duration.ofSeconds(3), config.retryDelay());
  }

  @Test
  void aMisspeltKeyIsRefused() {
    Map<String, String> keys =
        Map.of(
            WAREHOUSE,
            "file:///tmp",
            CATALOG,
            "jdbc:postgresql://postgresql/catalog",
            PASSWORD,
            "secret",
            "vigie.archive.replicas",
            "1");
    assertThrows(ConfigValidationException.class, () -> config(keys));
  }

  private static ArchiveConfig config(Map<String, String> keys) {
    return new SmallRyeConfigBuilder()
        .withDefaultValues(keys)
        .addDiscoveredConverters()
        .withMapping(ArchiveConfig.class)
        .build()
        .getConfigMapping(ArchiveConfig.class);
  }
}
