// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigValidationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertConfigTest {

  @Test
  void noDefaultChangesByAccident() {
    AlertConfig config = AlertConfigs.of(Map.of());
    assertEquals(2, config.replicas());
    assertEquals(Optional.empty(), config.deliberateFault());
    assertFalse(config.underTest());
    assertEquals(Duration.ofSeconds(15), config.stallTimeout());
    assertEquals(Duration.ofMillis(500), config.fence().timeout());
    assertEquals(10_000, config.judging().batch());
    assertEquals(Duration.ofMillis(100), config.judging().pause());
    assertEquals(Duration.ofSeconds(2), config.judging().longestPause());
    assertEquals(256, config.delivery().window());
    assertEquals(Duration.ofSeconds(30), config.delivery().heartbeat());
    assertEquals(3, config.delivery().connectionsPerUnit());
    assertEquals(4096, config.delivery().ring());
    assertEquals(64, config.delivery().replayedPieces());
    assertEquals(Duration.ofHours(1), config.delivery().lookBack());
    assertEquals(Duration.ofMinutes(2), config.escalation().after());
    assertEquals(0.1, config.escalation().margin());
    assertEquals(7, config.hotspots().resolution());
    assertEquals(Duration.ofMinutes(10), config.hotspots().window());
    assertEquals(Duration.ofMinutes(2), config.hotspots().advance());
    assertEquals(Duration.ofMinutes(5), config.hotspots().grace());
    assertEquals(1_000_000, config.hotspots().most());
    assertEquals(5, config.hotspots().students());
  }

  @Test
  void noKeyChangesByAccident() {
    AlertConfig config =
        AlertConfigs.of(
            Map.ofEntries(
                entry("vigie.alert.replicas", "4"),
                entry("vigie.alert.deliberate-fault", "majority-writes"),
                entry("vigie.alert.under-test", "true"),
                entry("vigie.alert.stall-timeout", "13s"),
                entry("vigie.alert.fence.timeout", "1s"),
                entry("vigie.alert.judging.batch", "5"),
                entry("vigie.alert.judging.pause", "1s"),
                entry("vigie.alert.judging.longest-pause", "2s"),
                entry("vigie.alert.delivery.window", "6"),
                entry("vigie.alert.delivery.heartbeat", "3s"),
                entry("vigie.alert.delivery.connections-per-unit", "12"),
                entry("vigie.alert.delivery.ring", "7"),
                entry("vigie.alert.delivery.replayed-pieces", "8"),
                entry("vigie.alert.delivery.look-back", "9m"),
                entry("vigie.alert.escalation.after", "30s"),
                entry("vigie.alert.escalation.margin", "0.5"),
                entry("vigie.alert.hotspots.most", "11")));
    assertEquals(4, config.replicas());
    assertEquals(Optional.of(DeliberateFault.MAJORITY_WRITES), config.deliberateFault());
    assertTrue(config.underTest());
    assertEquals(Duration.ofSeconds(13), config.stallTimeout());
    assertEquals(Duration.ofSeconds(1), config.fence().timeout());
    assertEquals(5, config.judging().batch());
    assertEquals(Duration.ofSeconds(1), config.judging().pause());
    assertEquals(Duration.ofSeconds(2), config.judging().longestPause());
    assertEquals(6, config.delivery().window());
    assertEquals(Duration.ofSeconds(3), config.delivery().heartbeat());
    assertEquals(12, config.delivery().connectionsPerUnit());
    assertEquals(7, config.delivery().ring());
    assertEquals(8, config.delivery().replayedPieces());
    assertEquals(Duration.ofMinutes(9), config.delivery().lookBack());
    assertEquals(Duration.ofSeconds(30), config.escalation().after());
    assertEquals(0.5, config.escalation().margin());
    assertEquals(11, config.hotspots().most());
  }

  @Test
  void aPromiseIsBrokenOnlyUnderTest() {
    Map<String, String> fault = Map.of("vigie.alert.deliberate-fault", "unfenced-reads");
    AlertConfig config = AlertConfigs.of(fault);
    assertThrows(
        IllegalArgumentException.class, () -> DeliberateFault.MAJORITY_WRITES.isOn(config));

    Map<String, String> tested = new HashMap<>(fault);
    tested.put("vigie.alert.under-test", "true");
    assertTrue(DeliberateFault.UNFENCED_READS.isOn(AlertConfigs.of(tested)));
    assertFalse(DeliberateFault.MAJORITY_WRITES.isOn(AlertConfigs.of(tested)));
  }

  @Test
  void anUnknownKeyIsRefused() {
    Map<String, String> misspelt = Map.of("vigie.alert.replcas", "4");
    assertThrows(ConfigValidationException.class, () -> AlertConfigs.of(misspelt));
  }
}
