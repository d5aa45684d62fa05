// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import vigie.dashboard.DashboardConfig;
import vigie.dashboard.live.FeedAlert.Claim;
import vigie.events.DeploymentReport;

/**
 * Joins alerts and their claims, which come by two topics in any order and more than once. An alert
 * that was escalated stays so, and the newest claim counts, whatever is read again.
 */
@Startup
@ApplicationScoped
class Alerts {

  private static final String KIND = "alert";

  /**
   * Claims wait for alerts that are read later, and alerts for claims, so there is more of both.
   */
  private static final int MORE = 10;

  private final RecentEvents recent;
  private final Map<UUID, FeedAlert> alerts;
  private final Map<UUID, DeploymentReport> claims;

  Alerts(DashboardConfig config, RecentEvents recent, MeterRegistry metrics) {
    this.recent = recent;
    this.alerts = oldestLeaves(MORE * config.alertBacklog());
    this.claims = oldestLeaves(MORE * config.alertBacklog());
    Gauge.builder(
            "vigie.dashboard.unclaimed",
            this,
            known -> known.oldestUnclaimed(Instant.now()).toSeconds())
        .description("How long the oldest alert that is remembered waits for a unit to claim it")
        .baseUnit("seconds")
        .register(metrics);
  }

  /** Zero when units have claimed each alert that is remembered. */
  synchronized Duration oldestUnclaimed(Instant now) {
    return alerts.values().stream()
        .filter(alert -> alert.claim() == null)
        .map(FeedAlert::raisedAt)
        .min(Comparator.naturalOrder())
        .map(oldest -> Duration.between(oldest, now))
        .orElse(Duration.ZERO);
  }

  synchronized void raised(FeedAlert alert) {
    FeedAlert known = alerts.get(alert.id());
    boolean tellsNothing =
        known != null && (known.escalatedAt() != null || alert.escalatedAt() == null);
    if (!tellsNothing) {
      tell(alert.with(claim(claims.get(alert.id()))));
    }
  }

  synchronized void claimed(DeploymentReport report) {
    UUID alertId = report.getAlertId();
    DeploymentReport known = claims.get(alertId);
    if (known != null && rank(known) >= rank(report)) {
      return;
    }
    claims.put(alertId, report);
    FeedAlert alert = alerts.get(alertId);
    if (alert != null) {
      tell(alert.with(claim(report)));
    }
  }

  /** The later claim of an alert tells more, and of one claim how it ended. */
  private static int rank(DeploymentReport report) {
    boolean isOver = report.getOutcome() != null || report.getReleasedAt() != null;
    return 2 * report.getClaimNumber() + (isOver ? 1 : 0);
  }

  /** Null while no unit goes there. */
  private static Claim claim(DeploymentReport report) {
    return report == null || report.getReleasedAt() != null
        ? null
        : new Claim(report.getUnitId(), report.getClaimedAt(), report.getOutcome());
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
