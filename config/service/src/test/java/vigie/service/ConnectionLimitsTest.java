// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {

  @Test
  void eachLimitHasADefaultAndCanBeSet() {
    ConnectionLimits defaults = limits(Map.of());
    assertEquals(16_384, defaults.max());
    assertEquals(4096, defaults.perAddress());
    assertEquals(Duration.ofSeconds(10), defaults.headTimeout());
    assertEquals(Duration.ofSeconds(60), defaults.idleTimeout());

    ConnectionLimits set =
        limits(
            Map.of(
                "vigie.connections.max", "7",
                "vigie.connections.per-address", "3",
                "vigie.connections.head-timeout", "PT8S",
                "vigie.connections.idle-timeout", "PT9S"));
    assertEquals(7, set.max());
    assertEquals(3, set.perAddress());
    assertEquals(Duration.ofSeconds(8), set.headTimeout());
    assertEquals(Duration.ofSeconds(9), set.idleTimeout());
  }

  private static ConnectionLimits limits(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withMapping(ConnectionLimits.class)
        .addDiscoveredConverters()
        .withDefaultValues(settings)
        .build()
        .getConfigMapping(ConnectionLimits.class);
  }
}
