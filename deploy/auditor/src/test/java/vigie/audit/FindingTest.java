// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Partitions made by hand, good and bad. */
class FindingTest {

  private static final Map<String, String> TEN_TO_TWENTY =
      Map.of("vigie.first-offset.3", "10", "vigie.offset.3", "20");
  private static final Finding.Log LOG = new Finding.Log(12, 25, OptionalLong.empty());
  private static final Roaring64Bitmap NO_LETTERS = Roaring64Bitmap.bitmapOf();

  @Test
  void eachOffsetOnceIsExactInWhateverOrder() {
    Finding finding = of(TEN_TO_TWENTY, rows(15, 20, 10, 15), NO_LETTERS, LOG);
    assertTrue(finding.isExact(), finding.toString());
    assertEquals(new Finding("results", 3, 10, 20, 10, 0, 0, 0, 0, 5, List.of()), finding);
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
    Map<String, String> more = Map.of("vigie.first-offset.3", "10", "vigie.offset.3", "1000000000");
    assertProblem(
        "gap: nothing accounts for [11, 12) [13, 14) [15, 16) [17, 18) [19, 20) …",
        of(more, everySecond, NO_LETTERS, new Finding.Log(0, 1_000_000_000, OptionalLong.empty())));
  }

  @Test
  void whatRetentionTookIsAGapUntilItIsAccepted() {
    Finding.Log log = new Finding.Log(22, 25, OptionalLong.empty());
    Finding lost = of(TEN_TO_TWENTY, rows(10, 20), NO_LETTERS, log);
    assertProblem(
        "gap: Kafka lost [20, 22) before it was archived; the partition waits for accept-gap",
        lost);
    assertEquals(2, lost.gaps());

    Map<String, String> accepted =
        Map.of("vigie.first-offset.3", "10", "vigie.offset.3", "20", "vigie.gap.3", "20-22");
    assertTrue(of(accepted, rows(10, 20), NO_LETTERS, log).isExact());

    Map<String, String> passed =
        Map.of("vigie.first-offset.3", "10", "vigie.offset.3", "25", "vigie.gap.3", "20-22");
    Finding after = of(passed, rows(10, 20, 22, 25), NO_LETTERS, log);
    assertTrue(after.isExact(), after.toString());
    assertEquals(2, after.givenUp());
    assertProblem(
        "gap: nothing accounts for [22, 23)", of(passed, rows(10, 20, 23, 25), NO_LETTERS, log));
  }

  @Test
  void whatKafkaHasBelowTheFirstOffsetWasPassedOver() {
    assertProblem(
        "passed over: Kafka still has [8, 10)",
        of(TEN_TO_TWENTY, rows(10, 20), NO_LETTERS, new Finding.Log(8, 25, OptionalLong.empty())));
  }

  @Test
  void aLogThatEndsBeforeTheArchiveIsAnother() {
    assertProblem(
        "Kafka's log ends at 19, before what is archived: it lost records, or began anew",
        of(TEN_TO_TWENTY, rows(10, 20), NO_LETTERS, new Finding.Log(0, 19, OptionalLong.empty())));
  }

  @Test
  void anHourIsCompleteOnceItsLastRecordIsArchived() {
    assertTrue(
        of(TEN_TO_TWENTY, rows(10, 20), NO_LETTERS, new Finding.Log(12, 25, OptionalLong.of(20)))
            .isExact());
    assertProblem(
        "behind: archived up to 20, the hour needs 21",
        of(TEN_TO_TWENTY, rows(10, 20), NO_LETTERS, new Finding.Log(12, 25, OptionalLong.of(21))));
    assertProblem(
        "behind: archived up to 0, the hour needs 21",
        of(Map.of(), rows(), NO_LETTERS, new Finding.Log(0, 25, OptionalLong.of(21))));
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
