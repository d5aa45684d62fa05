// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import vigie.events.DeploymentReport;
import vigie.events.Hotspot;
import vigie.issuer.Revoke;
import vigie.issuer.Role;

/** What a page gets by its open stream. */
class LiveStreamIT extends DashboardFixture {

  @Test
  void aPublicationReachesAnOpenPage() throws Exception {
    try (LivePage page = stack.openPage()) {
      page.awaits(event -> event.startsWith("publication"));
      long batch = stack.publish();
      page.awaits(event -> event.equals("publication {\"batchId\":\"%d\"}".formatted(batch)));
      assertEquals(batch, json(RATES).getLong("exercises[0].n"));
    }
  }

  @Test
  void anAlertReachesTheFeed() throws Exception {
    UUID early = UUID.randomUUID();
    UUID late = UUID.randomUUID();
    try (LivePage page = stack.openPage()) {
      stack.raise(alert(early));
      page.awaits(event -> event.startsWith("alert") && event.contains(early.toString()));
      stack.spoil("no alert at all");
      stack.raise(alert(late));
      page.awaits(event -> event.startsWith("alert") && event.contains(late.toString()));
      assertEquals(1, page.count(event -> event.contains(early.toString())));
    }
    try (LivePage later = stack.openPage()) {
      later.awaits(event -> event.contains(early.toString()));
    }
  }

  @Test
  void anAlertThatAUnitClaimedIsShownAsClaimed() throws Exception {
    UUID id = UUID.randomUUID();
    try (LivePage page = stack.openPage()) {
      stack.raise(alert(id));
      page.awaits(event -> event.contains(id.toString()) && event.contains("\"claim\":null"));
      stack.report(
          DeploymentReport.newBuilder()
              .setId(UUID.randomUUID())
              .setAlertId(id)
              .setStudentId("s-1")
              .setExerciseId("c-pointers")
              .setScore(12.5)
              .setLatitude(48.85)
              .setLongitude(2.35)
              .setUnitId("unit-7")
              .setClaimedAt(Instant.now())
              .build());
      page.awaits(event -> event.contains(id.toString()) && event.contains("unit-7"));
    }
  }

  @Test
  void aHotspotReachesTheMap() throws Exception {
    Instant now = Instant.now();
    try (LivePage page = stack.openPage()) {
      stack.gather(new Hotspot("c-hot", "85", 48.85, 2.35, now.minusSeconds(300), now, 9L, 5L));
      page.awaits(event -> event.startsWith("hotspot") && event.contains("c-hot"));
    }
  }

  @Test
  void aStreamThatBrokeGoesOnAfterTheLastIdThatWasHeard() throws Exception {
    UUID heard = UUID.randomUUID();
    UUID missed = UUID.randomUUID();
    String lastId;
    try (LivePage page = stack.openPage()) {
      stack.raise(alert(heard));
      page.awaits(event -> event.contains(heard.toString()));
      lastId = page.lastId();
    }
    stack.raise(alert(missed));
    try (LivePage again = stack.reopenPage(lastId)) {
      again.awaits(event -> event.contains(missed.toString()));
      assertEquals(0, again.count(event -> event.contains(heard.toString())));
    }
  }

  @Test
  void theLiveStreamOfWhoeverIsRevokedEndsAndOthersGoOn() throws Exception {
    stack.publish();
    try (LivePage lost = stack.openPage(stack.issuer().token(Role.STAFF, "eve"));
        LivePage kept = stack.openPage()) {
      lost.awaits(event -> event.startsWith("publication"));

      CommandLine revoke = Revoke.command();
      String kafka = stack.kafka().bootstrapServers();
      assertEquals(0, revoke.execute("--subject", "eve", "--bootstrap-servers", kafka));

      lost.awaits("ended"::equals);
      long batch = stack.publish();
      kept.awaits(event -> event.contains(String.valueOf(batch)));
      assertEquals(0, kept.count("ended"::equals));
    }
  }
}
