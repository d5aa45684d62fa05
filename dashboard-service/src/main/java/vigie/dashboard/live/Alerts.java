// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import vigie.dashboard.DashboardConfig;
import vigie.dashboard.live.FeedAlert.Claim;

/**
 * Joins alerts and their claims, which come by two topics in any order and more than once. An alert
 * that was escalated or claimed stays so, whatever is read again.
 */
@ApplicationScoped
class Alerts {

  private static final String KIND = "alert";

  /**
   * Claims wait for alerts that are read later, and alerts for claims, so there is more of both.
   */
  private static final int MORE = 10;

  private final RecentEvents recent;
  private final Map<UUID, FeedAlert> alerts;
  private final Map<UUID, Claim> claims;

  Alerts(DashboardConfig config, RecentEvents recent) {
    this.recent = recent;
    this.alerts = oldestLeaves(MORE * config.alertBacklog());
    this.claims = oldestLeaves(MORE * config.alertBacklog());
  }

  synchronized void raised(FeedAlert alert) {
    FeedAlert known = alerts.get(alert.id());
    boolean tellsNothing =
        known != null && (known.escalatedAt() != null || alert.escalatedAt() == null);
    if (!tellsNothing) {
      tell(alert.with(claims.get(alert.id())));
    }
  }

  synchronized void claimed(UUID alertId, Claim claim) {
    Claim known = claims.get(alertId);
    if (claim.equals(known) || (known != null && known.outcome() != null)) {
      return;
    }
    claims.put(alertId, claim);
    FeedAlert alert = alerts.get(alertId);
    if (alert != null) {
      tell(alert.with(claim));
    }
  }

  private void tell(FeedAlert alert) {
    alerts.put(alert.id(), alert);
    recent.put(KIND, alert.id(), alert);
  }

  private static <T> Map<UUID, T> oldestLeaves(int room) {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<UUID, T> eldest) {
        return size() > room;
      }
    };
  }
}
