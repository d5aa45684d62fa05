// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.util.StringJoiner;
import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Offsets in a row.
 *
 * @param to exclusive
 */
record Range(long from, long to) {

  private static final int SHOWN = 5;

  static Roaring64Bitmap bitmap(long from, long to) {
    Roaring64Bitmap offsets = new Roaring64Bitmap();
    if (from < to) {
      offsets.addRange(from, to);
    }
    return offsets;
  }

  /** The first few ranges of a set, for people. */
  static String text(Roaring64Bitmap offsets) {
    if (offsets.isEmpty()) {
      return "none";
    }
    long end = offsets.last() + 1;
    Roaring64Bitmap between = bitmap(offsets.first(), end);
    between.andNot(offsets);
    StringJoiner ranges = new StringJoiner(" ");
    long from = offsets.first();
    for (int shown = 0; shown < SHOWN; shown++) {
      LongIterator holes = between.getLongIteratorFrom(from);
      long to = holes.hasNext() ? holes.next() : end;
      ranges.add(new Range(from, to).toString());
      if (to == end) {
        return ranges.toString();
      }
      from = offsets.getLongIteratorFrom(to).next();
    }
    return ranges.add("…").toString();
  }

  @Override
  public String toString() {
    return "[%d, %d)".formatted(from, to);
  }
}
