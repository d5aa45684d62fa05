// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class PartitionAggregatorTest {

  private static final int EXERCISES = 30_000;

  /** A sketch takes 4 KiB: this number of them takes 40 MiB. */
  private static final int MOST_SKETCHES = 10_000;

  private static InternalRow result(int exercise) {
    return new GenericInternalRow(
        new Object[] {
          UTF8String.fromString("exercise-" + exercise),
          48.85,
          2.35,
          0L,
          50.0,
          UTF8String.fromString("s-1")
        });
  }

  @Test
  void aLaptopThatNamesManyExercisesFillsNoMemoryWithSketches() {
    AtomicInteger read = new AtomicInteger();
    Iterator<InternalRow> results =
        IntStream.range(0, EXERCISES)
            .mapToObj(PartitionAggregatorTest::result)
            .peek(result -> read.incrementAndGet())
            .iterator();
    Iterator<Row> rows = PartitionAggregator.of(results, 50, 1);
    int sketches = 0;
    while (rows.hasNext()) {
      if (!rows.next().isNullAt(PartitionAggregator.SUMS.fieldIndex("sketch"))) {
        int kept = read.get() - sketches;
        assertTrue(kept <= MOST_SKETCHES, () -> kept + " sketches in memory");
        sketches++;
      }
    }
    assertEquals(EXERCISES, sketches);
  }
}
