// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import vigie.analytics.spark.H3Cells;

class StagingRowTest {

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "exerciseId STRING, minute BIGINT, decile SMALLINT, cell3 STRING, cell5 STRING, cell7"
              + " STRING, page STRING, type STRING, step SMALLINT, n BIGINT, scoreSum DOUBLE,"
              + " scoreSquareSum DOUBLE, failures BIGINT, notPassed BIGINT, durationMillisSum"
              + " DOUBLE");

  @Test
  void nullAndEmptyAreNotTheSame() {
    assertEquals(
        "\"\",60,9,,,,,,,,,,,,,3,1.5,2.25,0,2,0.0\n",
        StagingRow.csv(
            row(
                "", 60L, (short) 9, null, null, null, null, null, null, 3L, 1.5, 2.25, 0L, 2L,
                0.0)));
  }

  @Test
  void noTextBreaksItsField() {
    assertEquals(
        ",,,,,,,,,,,,\"a\"\",\n\uFFFD\",\"CLICK\",,1,0.0,0.0,0,0,7.0\n",
        StagingRow.csv(
            row(
                null,
                null,
                null,
                null,
                null,
                null,
                "a\",\n\0",
                "CLICK",
                null,
                1L,
                0.0,
                0.0,
                0L,
                0L,
                7.0)));
  }

  @Test
  void aCellComesWithItsCentre() {
    String fine = "871fb4662ffffff";
    String line =
        StagingRow.csv(
            row("e", null, null, null, null, fine, null, null, null, 1L, 0.1, 0.01, 1L, 1L, 0.0));
    var centre = H3Cells.centre(fine);
    assertEquals(
        "\"e\",,,,,,,,,\"%s\",%s,%s,,,,1,0.1,0.01,1,1,0.0\n"
            .formatted(fine, centre.lat, centre.lng),
        line);
    assertEquals(20, IntStream.range(0, line.length()).filter(i -> line.charAt(i) == ',').count());
  }

  private static Row row(Object... values) {
    return new GenericRowWithSchema(values, SCHEMA);
  }
}
