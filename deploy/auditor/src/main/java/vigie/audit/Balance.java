// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.longlong.Roaring64Bitmap;
import vigie.warehouse.ArchivedOffsets.Gap;

/**
 * The offsets [low, high) of one log against what stands for them: rows, dead letters and gaps that
 * an operator accepted.
 *
 * @param missing offsets that nothing accounts for
 * @param problems a sentence for each
 */
record Balance(long letters, long givenUp, long missing, List<String> problems) {

  static Balance of(
      long low, long high, List<Gap> gaps, Coverage rows, Roaring64Bitmap deadLetters) {
    List<String> problems = new ArrayList<>();
    Roaring64Bitmap missing = Range.bitmap(low, high);
    missing.andNot(rows.offsets());
    long withoutRow = missing.getLongCardinality();
    missing.andNot(deadLetters);
    long letters = withoutRow - missing.getLongCardinality();
    for (Gap gap : gaps) {
      missing.andNot(Range.bitmap(gap.from(), gap.to()));
    }
    long givenUp = withoutRow - letters - missing.getLongCardinality();
    if (!missing.isEmpty()) {
      problems.add("gap: nothing accounts for " + Range.text(missing));
    }
    if (!rows.repeated().isEmpty()) {
      problems.add("overlap: more than one row for " + Range.text(rows.repeated()));
    }
    Roaring64Bitmap outside = rows.offsets().clone();
    outside.andNot(Range.bitmap(low, high));
    if (!outside.isEmpty()) {
      problems.add("rows outside of what the table says it holds: " + Range.text(outside));
    }
    return new Balance(letters, givenUp, missing.getLongCardinality(), problems);
  }
}
