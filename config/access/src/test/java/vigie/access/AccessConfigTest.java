// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessConfigTest {

  @Test
  void tokensAreAskedForUnlessAllIsOpen() {
    assertEquals(AccessConfig.Mode.TOKENS, mode(Map.of()));
    assertEquals(AccessConfig.Mode.OPEN, mode(Map.of("vigie.access", "open")));
    Map<String, String> misspelt = Map.of("vigie.access", "opened");
    assertThrows(ConfigValidationException.class, () -> mode(misspelt));
  }

  private static AccessConfig.Mode mode(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(AccessConfig.class)
        .withDefaultValues(settings)
        .build()
        .getConfigMapping(AccessConfig.class)
        .mode();
  }
}
