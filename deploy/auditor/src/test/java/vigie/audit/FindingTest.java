// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.longlong.Roaring64Bitmap;
import vigie.warehouse.ArchivedOffsets.Gap;
import vigie.warehouse.FormerLog;

/** Partitions made by hand, good and bad. */
class FindingTest {

  private static final String TOPIC = "topic";

  /** Of a log that an operator has accepted from offset 10 on. */
  private static final Map<String, String> TEN_TO_TWENTY = tenTo(20, "");

  private static final Finding.Log LOG = log(12, 25);
  private static final Roaring64Bitmap NO_LETTERS = Roaring64Bitmap.bitmapOf();

  @Test
  void eachOffsetOnceIsExactInWhateverOrder() {
    Finding finding = of(TEN_TO_TWENTY, rows(15, 20, 10, 15), NO_LETTERS, LOG);
    assertTrue(finding.isExact(), finding.toString());
    assertEquals(new Finding("results", "3", 10, 20, 10, 0, 0, 0, 0, 5, List.of()), finding);
  }

  @Test
  void aMissingOffsetIsAGapUnlessItIsADeadLetter() {
    Coverage rows = rows(10, 13, 14, 20);
    assertProblem("gap: nothing accounts for [13, 14)", of(TEN_TO_TWENTY, rows, NO_LETTERS, LOG));
    Finding accounted = of(TEN_TO_TWENTY, rows, Roaring64Bitmap.bitmapOf(13, 15, 24), LOG);
    assertTrue(accounted.isExact(), accounted.toString());
    assertEquals(1, accounted.letters());
  }

  @Test
  void theRowsAreBelievedAndNotTheTable() {
    assertProblem(
        "gap: nothing accounts for [10, 11) [12, 14) [19, 20)",
        of(TEN_TO_TWENTY, rows(11, 12, 14, 19), NO_LETTERS, LOG));
    assertProblem(
        "rows outside of what the table says it holds: [8, 10) [20, 22)",
        of(TEN_TO_TWENTY, rows(8, 22), NO_LETTERS, LOG));
    assertProblem(
        "rows outside of what the table says it holds: [10, 20)",
        of(Map.of(), rows(10, 20), NO_LETTERS, LOG));
  }

  @Test
  void anOffsetTwiceIsAnOverlap() {
    Finding finding = of(TEN_TO_TWENTY, rows(10, 20, 13, 15, 14, 15), NO_LETTERS, LOG);
    assertProblem("overlap: more than one row for [13, 15)", finding);
    assertEquals(2, finding.overlaps());
    assertEquals(13, finding.rows());
  }

  @Test
  void manyGapsAreShownByTheFirst() {
    Coverage everySecond = new Coverage();
    LongStream.range(5, 15).map(half -> 2 * half).forEach(everySecond::add);
    Map<String, String> more = tenTo(1_000_000_000, "");
    assertProblem(
        "gap: nothing accounts for [11, 12) [13, 14) [15, 16) [17, 18) [19, 20) …",
        of(more, everySecond, NO_LETTERS, log(0, 1_000_000_000)));
  }

  @Test
  void whatRetentionTookIsAGapUntilItIsAccepted() {
    Finding.Log log = log(22, 25);
    Finding lost = of(TEN_TO_TWENTY, rows(10, 20), NO_LETTERS, log);
    assertProblem(
        "gap: Kafka lost [20, 22) before it was archived; the partition waits for accept-gap",
        lost);
    assertEquals(2, lost.gaps());

    Map<String, String> accepted = tenTo(20, "20-22");
    assertTrue(of(accepted, rows(10, 20), NO_LETTERS, log).isExact());

    Map<String, String> passed = tenTo(25, "20-22");
    Finding after = of(passed, rows(10, 20, 22, 25), NO_LETTERS, log);
    assertTrue(after.isExact(), after.toString());
    assertEquals(2, after.givenUp());
    assertProblem(
        "gap: nothing accounts for [22, 23)", of(passed, rows(10, 20, 23, 25), NO_LETTERS, log));
  }

  /** The archive of a version that began where retention left off. */
  @Test
  void whatCameBeforeTheFirstOffsetIsAGapUntilItIsAccepted() {
    Map<String, String> late =
        Map.of("vigie.topic-id", TOPIC, "vigie.first-offset.3", "10", "vigie.offset.3", "20");
    assertProblem(
        "gap: nothing accounts for [0, 10)", of(late, rows(10, 20), NO_LETTERS, log(8, 25)));
    Map<String, String> accepted = new HashMap<>(late);
    accepted.put("vigie.gap.3", "0-10");
    Finding finding = of(accepted, rows(10, 20), NO_LETTERS, log(8, 25));
    assertTrue(finding.isExact(), finding.toString());
    assertEquals(10, finding.givenUp());
  }

  @Test
  void aPartitionThatTheTableHasNeverSeenBeginsAtZero() {
    Map<String, String> empty = Map.of("vigie.topic-id", TOPIC);
    assertTrue(of(empty, rows(), NO_LETTERS, log(0, 25)).isExact());
    assertProblem(
        "gap: Kafka lost [0, 5) before it was archived; the partition waits for accept-gap",
        of(empty, rows(), NO_LETTERS, log(5, 25)));
  }

  @Test
  void aLogThatEndsBeforeTheArchiveIsAnother() {
    assertProblem(
        "Kafka's log ends at 19, before what is archived: it lost records, or began anew; the"
            + " partition waits for accept-log",
        of(TEN_TO_TWENTY, rows(10, 20), NO_LETTERS, log(0, 19)));
  }

  /** What was found once is not forgotten when the log grows. */
  @Test
  void aLogThatWasBehindIsAnotherHoweverFarItGrows() {
    Map<String, String> behind = new HashMap<>(TEN_TO_TWENTY);
    behind.put("vigie.log-behind.3", "15");
    assertProblem(
        "Kafka's log was another one from offset 15 on; the partition waits for accept-log",
        of(behind, rows(10, 20), NO_LETTERS, LOG));
  }

  @Test
  void aTopicOfAnotherIdIsAnotherWhateverItsOffsets() {
    Finding.Log again = new Finding.Log("again", 0, 25, OptionalLong.of(5));
    Finding finding = of(TEN_TO_TWENTY, rows(10, 20), NO_LETTERS, again);
    assertProblem(
        "another topic: the table archives that of id topic, Kafka has one of id again; the"
            + " partition waits for accept-topic",
        finding);
    assertProblem("behind: archived up to 0, the hour needs 5", finding);
    assertEquals(25, finding.behind());
  }

  @Test
  void aTableThatNamesNoTopicProvesNothing() {
    Map<String, String> unnamed = Map.of("vigie.offset.3", "20");
    assertProblem(
        "the table does not name its topic yet; archive-service enters it when it starts",
        of(unnamed, rows(0, 20), NO_LETTERS, LOG));
  }

  @Test
  void aFormerLogIsProvenByItsRowsAlone() {
    FormerLog former = new FormerLog(3, 1, 10, 20, List.of(new Gap(12, 13)));
    Coverage rows = rows(10, 12, 14, 20);
    Finding exact = Finding.of("results", former, rows, Roaring64Bitmap.bitmapOf(13));
    assertEquals(new Finding("results", "3@1", 10, 20, 8, 1, 1, 0, 0, 0, List.of()), exact);
    assertProblem(
        "gap: nothing accounts for [13, 14)", Finding.of("results", former, rows, NO_LETTERS));
    assertProblem(
        "rows of a log that the table does not name: [10, 12) [14, 20)",
        Finding.ofUnknownLog("results", new LogNumber(3, 2), rows));
  }

  @Test
  void anHourIsCompleteOnceItsLastRecordIsArchived() {
    assertTrue(
        of(
                TEN_TO_TWENTY,
                rows(10, 20),
                NO_LETTERS,
                new Finding.Log(TOPIC, 12, 25, OptionalLong.of(20)))
            .isExact());
    assertProblem(
        "behind: archived up to 20, the hour needs 21",
        of(
            TEN_TO_TWENTY,
            rows(10, 20),
            NO_LETTERS,
            new Finding.Log(TOPIC, 12, 25, OptionalLong.of(21))));
    assertProblem(
        "behind: archived up to 0, the hour needs 21",
        of(Map.of(), rows(), NO_LETTERS, new Finding.Log(TOPIC, 0, 25, OptionalLong.of(21))));
  }

  private static Map<String, String> tenTo(long next, String gaps) {
    return Map.of(
        "vigie.topic-id",
        TOPIC,
        "vigie.epoch.3",
        "1",
        "vigie.first-offset.3",
        "10",
        "vigie.offset.3",
        Long.toString(next),
        "vigie.gap.3",
        gaps);
  }

  private static Finding.Log log(long start, long end) {
    return new Finding.Log(TOPIC, start, end, OptionalLong.empty());
  }

  private static Finding of(
      Map<String, String> properties, Coverage rows, Roaring64Bitmap letters, Finding.Log log) {
    return Finding.of("results", 3, properties, rows, letters, log);
  }

  private static void assertProblem(String problem, Finding finding) {
    assertTrue(finding.problems().contains(problem), finding.toString());
  }

  /** Each pair is a range, its end exclusive. */
  private static Coverage rows(long... bounds) {
    Coverage rows = new Coverage();
    for (int i = 0; i < bounds.length; i += 2) {
      LongStream.range(bounds[i], bounds[i + 1]).forEach(rows::add);
    }
    return rows;
  }
}
