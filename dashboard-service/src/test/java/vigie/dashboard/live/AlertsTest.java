// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vigie.dashboard.DashboardConfig;
import vigie.dashboard.DashboardConfigFixture;
import vigie.dashboard.live.FeedAlert.Claim;

class AlertsTest {

  private static final UUID ID = new UUID(0, 1);
  private static final Instant AT = Instant.EPOCH;
  private static final FeedAlert RAISED =
      new FeedAlert(ID, "c-files", 10, 40, 48.85, 2.35, AT, AT, null, null);
  private static final FeedAlert ESCALATED =
      new FeedAlert(ID, "c-files", 10, 40, 48.85, 2.35, AT, AT, AT.plusSeconds(60), null);
  private static final Claim CLAIM = new Claim("unit-1", AT.plusSeconds(5), null);
  private static final Claim RESOLVED = new Claim("unit-1", AT.plusSeconds(5), "helped");

  private final DashboardConfig config = DashboardConfigFixture.with(Map.of());
  private final RecentEvents recent = new RecentEvents(config, new ViewerSignal());
  private final Alerts alerts = new Alerts(config, recent);

  private void assertShown(FeedAlert expected, long number) {
    List<RecentEvents.Item> items = recent.after(0);
    assertEquals(List.of(expected), items.stream().map(RecentEvents.Item::data).toList());
    assertEquals(number, items.get(0).number());
  }

  @Test
  void aClaimThatCameFirstWaitsForItsAlert() {
    alerts.claimed(ID, CLAIM);
    assertEquals(List.of(), recent.after(0));
    alerts.raised(RAISED);
    assertShown(RAISED.with(CLAIM), 1);
  }

  @Test
  void whatIsReadAgainIsNotToldAgain() {
    alerts.raised(RAISED);
    alerts.raised(RAISED);
    alerts.claimed(ID, CLAIM);
    alerts.claimed(ID, CLAIM);
    alerts.raised(RAISED);
    assertShown(RAISED.with(CLAIM), 2);
  }

  @Test
  void whatWasEscalatedOrResolvedStaysSo() {
    alerts.raised(ESCALATED);
    alerts.raised(RAISED);
    alerts.claimed(ID, RESOLVED);
    alerts.claimed(ID, CLAIM);
    assertShown(ESCALATED.with(RESOLVED), 2);
  }
}
