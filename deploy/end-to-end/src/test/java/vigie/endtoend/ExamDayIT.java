// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.harness.Seed;
import vigie.harness.Tier;
import vigie.patrol.PatrolUnit;
import vigie.stack.VigieStack;
import vigie.stack.process.ManagedProcess;

/** The whole of Vigie from a laptop's request to the staff's figures, undamaged and damaged. */
@ExtendWith(RunningVigie.class)
class ExamDayIT {

  private static final double PASS = 40;
  private static final Duration THROUGH_ALL_PARTS = Duration.ofMinutes(2);

  private final VigieStack vigie;
  private final Dashboard dashboard;
  private final Thresholds thresholds;
  @TempDir private Path folder;

  ExamDayIT(VigieStack vigie) {
    this.vigie = vigie;
    this.dashboard = new Dashboard(vigie);
    this.thresholds = new Thresholds(vigie);
  }

  @Test
  void everyResultIsCountedOnceAndEachFailureRaisesOneAlert() throws Exception {
    RecordedExam exam = RecordedExam.of(2026, 600, "day-pointers", "day-arrays");
    Path recording = exam.writeTo(folder.resolve("day.ndjson"));
    thresholds.put("day-pointers", PASS);
    thresholds.put("day-arrays", PASS);
    try (PatrolUnit unit = Patrols.start(vigie, "unit-day")) {
      Replay.of(recording, vigie, 500).awaitAllAcknowledged();
      dashboard.awaitFigures("day-", exam.figures(PASS));
      await()
          .atMost(THROUGH_ALL_PARTS)
          .until(() -> Patrols.alertedOf(unit, exam).equals(exam.idsBelow(PASS)));
      assertAClaimIsArchived(unit, exam);
      assertEquals(
          exam.figures(PASS).get("day-arrays").failures(), dashboard.failuresByPlace("day-arrays"));
    }
    assertNothingChangesWhenSentAgain(exam, recording);
  }

  private void assertAClaimIsArchived(PatrolUnit unit, RecordedExam exam) throws Exception {
    UUID alertId = Patrols.anyAlertOf(unit, exam);
    assertEquals("claimed", unit.claim(alertId).get(1, TimeUnit.MINUTES).get("type").asText());
    assertEquals(
        "resolved", unit.resolve(alertId, "helped").get(1, TimeUnit.MINUTES).get("type").asText());
    try (Archive archive = new Archive(vigie)) {
      await()
          .atMost(THROUGH_ALL_PARTS)
          .pollInterval(Archive.POLL_INTERVAL)
          .until(() -> archive.reports(alertId).stream().anyMatch(r -> r.outcome() != null));
      List<Archive.Report> reports = archive.reports(alertId);
      assertEquals(1, reports.stream().map(Archive.Report::id).distinct().count());
      assertTrue(reports.stream().allMatch(report -> report.unitId().equals("unit-day")));
    }
  }

  /**
   * The marker's way through the same parts shows that what was sent before it has been through.
   */
  private void assertNothingChangesWhenSentAgain(RecordedExam exam, Path recording)
      throws Exception {
    Replay.of(recording, vigie, 500).awaitAllAcknowledged();
    RecordedExam marker = RecordedExam.of(2027, 50, "marker");
    thresholds.put("marker", PASS);
    Replay.of(marker.writeTo(folder.resolve("marker.ndjson")), vigie, 500).awaitAllAcknowledged();
    dashboard.awaitFigures("marker", marker.figures(PASS));
    dashboard.assertFigures("day-", exam.figures(PASS));
  }

  @Test
  void nothingAcknowledgedIsLostWhenEachPartIsKilledInTurn() throws Exception {
    List<ManagedProcess> parts = partsToKill();
    Set<UUID> acknowledged = new HashSet<>();
    Map<String, RecordedExam.Figures> figures = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      String exercise = "kill-" + parts.get(i).name();
      thresholds.put(exercise, PASS);
      RecordedExam exam = RecordedExam.of(i, 600, exercise);
      Path recording = exam.writeTo(folder.resolve(exercise + ".ndjson"));
      Replay laptops = Replay.of(recording, vigie, 200);
      await().atMost(THROUGH_ALL_PARTS).until(() -> laptops.receipts().count() > 100);

      parts.get(i).kill();
      assertTrue(laptops.isSending(), "results must flow while the part is killed");
      parts.get(i).restart();

      laptops.awaitAllAcknowledged();
      assertEquals(exam.ids(), laptops.acknowledged());
      acknowledged.addAll(laptops.acknowledged());
      figures.putAll(exam.figures(PASS));
    }
    dashboard.awaitFigures("kill-", figures);
    assertArchived(acknowledged, parts);
  }

  /** In the bounded form, two that the seed chooses. */
  private List<ManagedProcess> partsToKill() {
    List<ManagedProcess> parts =
        new ArrayList<>(
            List.of(
                vigie.ingest(),
                vigie.alert(),
                vigie.archive(),
                vigie.analytics(),
                vigie.dashboard()));
    Collections.shuffle(parts, new Random(Seed.of(ExamDayIT.class)));
    return parts.subList(0, Tier.count("vigie.kills", 2, parts.size()));
  }

  private void assertArchived(Set<UUID> acknowledged, List<ManagedProcess> parts) throws Exception {
    Set<String> exercises = new HashSet<>();
    parts.forEach(part -> exercises.add("kill-" + part.name()));
    try (Archive archive = new Archive(vigie)) {
      Set<UUID> archived = new HashSet<>(archive.resultIds(exercises));
      assertEquals(acknowledged, archived);
    }
  }
}
