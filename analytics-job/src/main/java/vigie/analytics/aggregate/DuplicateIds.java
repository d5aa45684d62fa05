// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.aggregate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/**
 * Finds the numbers that come more than once among very many: each task sorts its own by share,
 * each share is put into order by itself. A number costs eight bytes on its way, where a row of
 * Spark's and its place in a hash table would cost ten times as many.
 */
final class DuplicateIds {

  /** Numbers of a share, 16 MiB. */
  private static final int SHARE = 2 << 20;

  private static final int FIRST_SIZE = 1024;

  private DuplicateIds() {}

  /**
   * Each of them once.
   *
   * @param numbers rows of one column, BIGINT
   * @param count about how many there are
   */
  static List<Long> among(JavaRDD<InternalRow> numbers, long count) {
    int shares = Math.toIntExact(count / SHARE) + 1;
    return numbers
        .mapPartitionsToPair(rows -> divide(rows, shares))
        .groupByKey(shares)
        .values()
        .flatMap(parts -> repeated(parts).iterator())
        .collect();
  }

  private static Iterator<Tuple2<Integer, long[]>> divide(Iterator<InternalRow> rows, int shares) {
    long[][] numbers = new long[shares][FIRST_SIZE];
    int[] sizes = new int[shares];
    while (rows.hasNext()) {
      long number = rows.next().getLong(0);
      int share = (int) Math.floorMod(number, (long) shares);
      if (sizes[share] == numbers[share].length) {
        numbers[share] = Arrays.copyOf(numbers[share], 2 * sizes[share]);
      }
      numbers[share][sizes[share]++] = number;
    }
    return IntStream.range(0, shares)
        .mapToObj(share -> new Tuple2<>(share, Arrays.copyOf(numbers[share], sizes[share])))
        .iterator();
  }

  private static List<Long> repeated(Iterable<long[]> parts) {
    long[] all =
        StreamSupport.stream(parts.spliterator(), false).flatMapToLong(Arrays::stream).toArray();
    Arrays.sort(all);
    List<Long> repeated = new ArrayList<>();
    for (int i = 1; i < all.length; i++) {
      if (all[i] == all[i - 1] && (i == 1 || all[i] != all[i - 2])) {
        repeated.add(all[i]);
      }
    }
    return repeated;
  }
}
