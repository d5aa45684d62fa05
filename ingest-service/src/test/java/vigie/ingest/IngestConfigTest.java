// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngestConfigTest {

  @Test
  void defaultsAreAsDocumented() {
    IngestConfig config = config(Map.of());
    assertEquals(8L << 20, config.maxBodySize().asLongValue());
    assertEquals(10_000, config.maxRecords());
    assertEquals(64L << 20, config.inFlightSize().asLongValue());
    assertEquals(Duration.ofSeconds(30), config.bodyTimeout());
    assertEquals(64L << 10, config.workerSize().asLongValue());
    assertEquals(Duration.ofSeconds(1), config.retryAfter());
  }

  @Test
  void everyKeyIsRead() {
    IngestConfig config =
        config(
            Map.of(
                "vigie.ingest.max-body-size", "1K",
                "vigie.ingest.max-records", "2",
                "vigie.ingest.in-flight-size", "3K",
                "vigie.ingest.body-timeout", "PT4S",
                "vigie.ingest.worker-size", "5K",
                "vigie.ingest.retry-after", "PT6S"));
    assertEquals(1_024, config.maxBodySize().asLongValue());
    assertEquals(2, config.maxRecords());
    assertEquals(3 * 1_024, config.inFlightSize().asLongValue());
    assertEquals(Duration.ofSeconds(4), config.bodyTimeout());
    assertEquals(5 * 1_024, config.workerSize().asLongValue());
    assertEquals(Duration.ofSeconds(6), config.retryAfter());
  }

  private static IngestConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withMapping(IngestConfig.class)
        .withConverter(MemorySize.class, 200, new MemorySizeConverter())
        .withConverter(Duration.class, 200, new DurationConverter())
        .withDefaultValues(settings)
        .build()
        .getConfigMapping(IngestConfig.class);
  }
}
