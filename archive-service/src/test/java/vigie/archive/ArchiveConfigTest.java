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

  @Test
  void everyDefaultIsWrittenDownHere() {
    ArchiveConfig config = config(Map.of(WAREHOUSE, "hdfs://namenode:8020/vigie/warehouse"));
    assertEquals(URI.create("hdfs://namenode:8020/vigie/warehouse"), config.warehouse());
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
                "vigie.archive.commit-interval",
                "250ms",
                "vigie.archive.replication",
                "1",
                "vigie.archive.retry-delay",
                "3s"));
    assertEquals(Duration.ofMillis(250), config.commitInterval());
    assertEquals(1, config.replication());
    assertEquals(Duration.ofSeconds(3), config.retryDelay());
  }

  @Test
  void aMisspeltKeyIsRefused() {
    Map<String, String> keys = Map.of(WAREHOUSE, "file:///tmp", "vigie.archive.replicas", "1");
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
