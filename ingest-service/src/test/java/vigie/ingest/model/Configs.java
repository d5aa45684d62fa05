// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.model;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** The service's configuration with some settings, without the service. */
public final class Configs {

  private Configs() {}

  public static IngestConfig of(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withMapping(IngestConfig.class)
        .withConverter(MemorySize.class, 200, new MemorySizeConverter())
        .withConverter(Duration.class, 200, new DurationConverter())
        .withDefaultValues(settings)
        .build()
        .getConfigMapping(IngestConfig.class);
  }
}
