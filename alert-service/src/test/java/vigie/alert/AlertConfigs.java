// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The configuration as the service reads it. */
public final class AlertConfigs {

  private AlertConfigs() {}

  public static AlertConfig of(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .withMapping(AlertConfig.class)
        .addDiscoveredConverters()
        .withDefaultValues(values)
        .build()
        .getConfigMapping(AlertConfig.class);
  }
}
