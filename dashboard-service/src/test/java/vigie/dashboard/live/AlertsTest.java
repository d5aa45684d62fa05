// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vigie.dashboard.DashboardConfig;
import vigie.dashboard.DashboardConfigFixture;
import vigie.dashboard.live.FeedAlert.Claim;
import vigie.events.DeploymentReport;

class AlertsTest {

  private static final UUID ID = new UUID(0, 1);
  private static final Instant AT = Instant.EPOCH;
  private static final FeedAlert RAISED =
      new FeedAlert(ID, "c-files", 10, 40, 48.85, 2.35, AT, AT, null, null);
  private static final FeedAlert ESCALATED =
      new FeedAlert(ID, "c-files", 10, 40, 48.85, 2.35, AT, AT, AT.plusSeconds(60), null);
  private static final Claim CLAIM = new Claim("unit-1", AT.plusSeconds(5), null);
  private static final Claim RESOLVED = new Claim("unit-1", AT.plusSeconds(5), "helped");
  private static final DeploymentReport CLAIMED = report("unit-1", 1).build();
  private static final DeploymentReport HELPED = report("unit-1", 1).setOutcome("helped").build();

  private final DashboardConfig config = DashboardConfigFixture.with(Map.of());
  private final RecentEvents recent = new RecentEvents(config, new ViewerSignal());
  private final Alerts alerts = new Alerts(config, recent, new SimpleMeterRegistry());

  private void assertShown(FeedAlert expected, long number) {
    List<RecentEvents.Item> items = recent.after(0);
    assertEquals(List.of(expected), items.stream().map(RecentEvents.Item::data).toList());
    assertEquals(number, items.get(0).number());
  }

  @Test
  void aClaimThatCameFirstWaitsForItsAlert() {
    alerts.claimed(CLAIMED);
    assertEquals(List.of(), recent.after(0));
    alerts.raised(RAISED);
    assertShown(RAISED.with(CLAIM), 1);
  }

  @Test
  void theOldestAlertThatNoUnitHasClaimedIsKnown() {
    Instant now = AT.plusSeconds(310);
    assertEquals(Duration.ZERO, alerts.oldestUnclaimed(now));
    FeedAlert later =
        new FeedAlert(
            new UUID(0, 2), "c-files", 10, 40, 48.85, 2.35, AT, AT.plusSeconds(100), null, null);
    alerts.raised(later);
    alerts.raised(RAISED);
    assertEquals(Duration.ofSeconds(310), alerts.oldestUnclaimed(now));
    alerts.claimed(CLAIMED);
    assertEquals(Duration.ofSeconds(210), alerts.oldestUnclaimed(now));
    alerts.claimed(report("unit-2", 1).setAlertId(later.id()).build());
    assertEquals(Duration.ZERO, alerts.oldestUnclaimed(now));
  }

  @Test
  void whatIsReadAgainIsNotToldAgain() {
    alerts.raised(RAISED);
    alerts.raised(RAISED);
    alerts.claimed(CLAIMED);
    alerts.claimed(CLAIMED);
    alerts.raised(RAISED);
    assertShown(RAISED.with(CLAIM), 2);
  }

  @Test
  void whatWasEscalatedOrResolvedStaysSo() {
    alerts.raised(ESCALATED);
    alerts.raised(RAISED);
    alerts.claimed(HELPED);
    alerts.claimed(CLAIMED);
    assertShown(ESCALATED.with(RESOLVED), 2);
  }

  @Test
  void aClaimThatWasGivenBackIsNoneAndTheNextOneCountsInAnyOrder() {
    DeploymentReport released = report("unit-1", 1).setReleasedAt(AT.plusSeconds(9)).build();
    alerts.raised(RAISED);
    alerts.claimed(CLAIMED);
    alerts.claimed(released);
    assertShown(RAISED, 3);
    alerts.claimed(CLAIMED);
    assertShown(RAISED, 3);
    alerts.claimed(report("unit-2", 2).build());
    alerts.claimed(released);
    alerts.raised(ESCALATED);
    assertShown(ESCALATED.with(new Claim("unit-2", AT.plusSeconds(5), null)), 5);
  }

  private static DeploymentReport.Builder report(String unit, int number) {
    return DeploymentReport.newBuilder()
        .setId(new UUID(0, number))
        .setAlertId(ID)
        .setStudentId("s-1")
        .setExerciseId("c-files")
        .setScore(10)
        .setLatitude(48.85)
        .setLongitude(2.35)
        .setUnitId(unit)
        .setClaimedAt(AT.plusSeconds(5))
        .setClaimNumber(number);
  }
}
