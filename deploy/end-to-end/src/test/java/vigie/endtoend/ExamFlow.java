// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import vigie.patrol.PatrolUnit;
import vigie.stack.VigieStack;

/** A small exam of one exercise that goes through all parts. */
record ExamFlow(VigieStack vigie, RecordedExam exam, String exercise) {

  static final double PASS = 40;

  private static final Duration THROUGH_ALL_PARTS = Duration.ofMinutes(2);

  ExamFlow(VigieStack vigie, String exercise) {
    this(vigie, RecordedExam.of(2028, 40, exercise), exercise);
  }

  /**
   * Sends all results, and waits until each failure has raised its alert, each result is archived,
   * and the dashboard shows the figures.
   *
   * @param folder for the recording
   */
  void awaitJudgedArchivedAndCounted(Path folder) throws Exception {
    new Thresholds(vigie).put(exercise, PASS);
    try (PatrolUnit unit = Patrols.start(vigie, "unit-" + exercise);
        Archive archive = new Archive(vigie)) {
      Replay.of(exam.writeTo(folder.resolve("exam.ndjson")), vigie, 100).awaitAllAcknowledged();
      await()
          .atMost(THROUGH_ALL_PARTS)
          .until(() -> Patrols.alertedOf(unit, exam).equals(exam.idsBelow(PASS)));
      await()
          .atMost(THROUGH_ALL_PARTS)
          .pollInterval(Archive.POLL_INTERVAL)
          .until(() -> new HashSet<>(archive.resultIds(Set.of(exercise))).equals(exam.ids()));
    }
    new Dashboard(vigie).awaitFigures(exercise, exam.figures(PASS));
  }
}
