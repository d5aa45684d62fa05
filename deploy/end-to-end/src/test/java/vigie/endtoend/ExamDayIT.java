// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.issuer.Role;
import vigie.patrol.PatrolUnit;
import vigie.stack.Part;
import vigie.stack.Port;
import vigie.stack.VigieStack;

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
    RecordedExam exam = RecordedExam.of(2026, 1_500, "day-pointers", "day-arrays");
    Path recording = exam.writeTo(folder.resolve("day.ndjson"));
    thresholds.put("day-pointers", PASS);
    thresholds.put("day-arrays", PASS);
    try (PatrolUnit unit = patrolUnit("unit-day")) {
      StudentSignal.send(recording, vigie, 500).awaitAllAcknowledged();
      awaitFigures("day-", exam.figures(PASS));
      await()
          .atMost(THROUGH_ALL_PARTS)
          .until(() -> alertedOf(unit, exam).equals(exam.idsBelow(PASS)));
      assertAClaimIsArchived(unit);
      assertEquals(
          exam.figures(PASS).get("day-arrays").failures(), dashboard.failuresByPlace("day-arrays"));
    }
    assertNothingChangesWhenSentAgain(exam, recording);
  }

  private void assertAClaimIsArchived(PatrolUnit unit) throws Exception {
    UUID alertId = unit.alerts().keySet().iterator().next();
    assertEquals("claimed", unit.claim(alertId).get(1, TimeUnit.MINUTES).get("type").asText());
    assertEquals(
        "resolved", unit.resolve(alertId, "helped").get(1, TimeUnit.MINUTES).get("type").asText());
    try (Archive archive = new Archive(vigie.warehouse())) {
      await()
          .atMost(THROUGH_ALL_PARTS)
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
    StudentSignal.send(recording, vigie, 500).awaitAllAcknowledged();
    RecordedExam marker = RecordedExam.of(2027, 50, "marker");
    thresholds.put("marker", PASS);
    StudentSignal.send(marker.writeTo(folder.resolve("marker.ndjson")), vigie, 500)
        .awaitAllAcknowledged();
    awaitFigures("marker", marker.figures(PASS));
    assertFigures(exam.figures(PASS), dashboard.figures("day-"));
  }

  @Test
  void nothingAcknowledgedIsLostWhenEachPartIsKilledInTurn() throws Exception {
    List<Part> parts =
        List.of(
            vigie.ingest(), vigie.alert(), vigie.archive(), vigie.analytics(), vigie.dashboard());
    Set<UUID> acknowledged = new HashSet<>();
    for (int i = 0; i < parts.size(); i++) {
      String exercise = "kill-" + parts.get(i).name();
      thresholds.put(exercise, PASS);
      RecordedExam exam = RecordedExam.of(i, 1_000, exercise);
      Path recording = exam.writeTo(folder.resolve(exercise + ".ndjson"));
      StudentSignal laptops = StudentSignal.send(recording, vigie, 100);
      await().atMost(THROUGH_ALL_PARTS).until(() -> laptops.acknowledged().size() > 100);

      parts.get(i).kill();
      assertTrue(laptops.isSending(), "results must flow while the part is killed");
      parts.get(i).restart();

      laptops.awaitAllAcknowledged();
      assertEquals(exam.ids(), laptops.acknowledged());
      acknowledged.addAll(laptops.acknowledged());
      awaitFigures(exercise, exam.figures(PASS));
    }
    assertArchived(acknowledged, parts);
  }

  private void assertArchived(Set<UUID> acknowledged, List<Part> parts) throws Exception {
    Set<String> exercises = new HashSet<>();
    parts.forEach(part -> exercises.add("kill-" + part.name()));
    try (Archive archive = new Archive(vigie.warehouse())) {
      Set<UUID> archived = new HashSet<>(archive.resultIds(exercises));
      assertEquals(acknowledged, archived);
    }
  }

  private void awaitFigures(String prefix, Map<String, RecordedExam.Figures> expected) {
    await()
        .atMost(THROUGH_ALL_PARTS)
        .ignoreExceptionsInstanceOf(java.io.IOException.class)
        .untilAsserted(() -> assertFigures(expected, dashboard.figures(prefix)));
  }

  private static void assertFigures(
      Map<String, RecordedExam.Figures> expected, Map<String, RecordedExam.Figures> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (exercise, figures) -> {
          assertEquals(figures.n(), actual.get(exercise).n(), exercise + " n");
          assertEquals(figures.mean(), actual.get(exercise).mean(), 1e-9, exercise + " mean");
          assertEquals(figures.failures(), actual.get(exercise).failures(), exercise + " failures");
        });
  }

  private PatrolUnit patrolUnit(String name) {
    String service = URI.create(vigie.url(Port.ALERT)).getAuthority();
    return new PatrolUnit(
            HttpClient.newHttpClient(),
            List.of(service),
            name,
            "",
            () -> Optional.of(vigie.issuer().token(Role.PATROL, name)))
        .start();
  }

  private static Set<UUID> alertedOf(PatrolUnit unit, RecordedExam exam) {
    Set<UUID> alerted = new HashSet<>();
    unit.alerts()
        .values()
        .forEach(got -> alerted.add(UUID.fromString(got.alert().get("eventId").asText())));
    alerted.retainAll(exam.ids());
    return alerted;
  }
}
