// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import vigie.analytics.config.AnalyticsConfig;

/** Each test has the systems that all share, tables that are empty, and an unused checkpoint. */
@ExtendWith(SharedBench.class)
abstract class BenchFixture {

  Bench bench;
  AnalyticsConfig config;

  /** Settings besides those of {@link Bench#environment}. */
  Map<String, String> settings() {
    return Map.of();
  }

  @BeforeEach
  final void makeTables(Bench shared) {
    bench = shared;
    config = bench.config(settings());
    bench.archive.makeTables();
  }

  @AfterEach
  final void dropTables() {
    bench.archive.dropTables();
  }
}
