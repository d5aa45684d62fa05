// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DashboardConfigTest {

  @Test
  void noDefaultChangesByAccident() {
    DashboardConfig config = DashboardConfigFixture.with(Map.of());
    assertEquals(Duration.ofSeconds(5), config.queryTimeout());
    assertEquals(Duration.ofMinutes(3), config.staleAfter());
    assertEquals(Duration.ofSeconds(40), config.lateAfter());
    assertEquals(Duration.ofSeconds(2), config.listenCheckInterval());
    assertEquals(Duration.ofSeconds(1), config.listenReconnectDelay());
    assertEquals(Duration.ofSeconds(15), config.heartbeatInterval());
    assertEquals(100, config.alertBacklog());
    assertEquals(Duration.ofSeconds(1), config.feedCheckInterval());
    assertEquals(Duration.ofSeconds(2), config.feedCheckTimeout());
    assertEquals(500, config.answersKept());
    assertEquals(Duration.ofSeconds(1), config.lagInterval());
    assertEquals(Duration.ofSeconds(2), config.lagTimeout());
    assertEquals("127.0.0.1:8082", config.alertService());
    assertEquals("127.0.0.1:9081", config.parts().ingestService());
    assertEquals("127.0.0.1:9082", config.parts().alertService());
    assertEquals("127.0.0.1:8083", config.parts().archiveService());
    assertEquals("127.0.0.1:8084", config.parts().analyticsJob());
  }
}
