// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.spark;

import com.uber.h3core.H3Core;
import com.uber.h3core.util.LatLng;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** H3 cells: the places that figures are kept for. */
public final class H3Cells {

  /** {@code cell(latitude, longitude, resolution)} for Spark. */
  static final UserDefinedFunction CELL =
      functions.udf(
          (UDF3<Double, Double, Integer, String>) H3Cells::containing, DataTypes.StringType);

  private static final H3Core H3 = load();

  private H3Cells() {}

  /** The cell's hexadecimal name; null where there is no place on Earth. */
  static String containing(Double latitude, Double longitude, int resolution) {
    if (latitude == null
        || longitude == null
        || !(Math.abs(latitude) <= 90)
        || !(Math.abs(longitude) <= 180)) {
      return null;
    }
    return H3.latLngToCellAddress(latitude, longitude, resolution);
  }

  public static LatLng centre(String cell) {
    return H3.cellToLatLng(cell);
  }

  private static H3Core load() {
    try {
      return H3Core.newInstance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
