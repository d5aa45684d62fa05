// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The configuration as the service reads it, without the service. */
public final class DashboardConfigFixture {

  private DashboardConfigFixture() {}

  public static DashboardConfig with(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(DashboardConfig.class)
        .withDefaultValues(settings)
        .build()
        .getConfigMapping(DashboardConfig.class);
  }
}
