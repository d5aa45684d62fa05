// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Which offsets of one Kafka partition have a row, and which have more than one. A bit for each
 * offset at most: a hundred million rows take some 13 MB.
 */
final class Coverage {

  private final Roaring64Bitmap offsets = new Roaring64Bitmap();
  private final Roaring64Bitmap repeated = new Roaring64Bitmap();
  private long rows;

  void add(long offset) {
    rows++;
    if (offsets.contains(offset)) {
      repeated.addLong(offset);
    } else {
      offsets.addLong(offset);
    }
  }

  long rows() {
    return rows;
  }

  /** Not to be changed. */
  Roaring64Bitmap offsets() {
    return offsets;
  }

  /** Not to be changed. */
  Roaring64Bitmap repeated() {
    return repeated;
  }
}
