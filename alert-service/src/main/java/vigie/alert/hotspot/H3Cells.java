// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import com.uber.h3core.H3Core;
import com.uber.h3core.util.LatLng;
import java.io.IOException;
import java.io.UncheckedIOException;

/** H3's cells. Its library is loaded at this class's first use, in a native image too. */
final class H3Cells {

  private static final H3Core H3 = load();

  private H3Cells() {}

  static boolean contain(double latitude, double longitude) {
    return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  }

  static long at(double latitude, double longitude, int resolution) {
    return H3.latLngToCell(latitude, longitude, resolution);
  }

  /** As hexadecimal text. */
  static String name(long cell) {
    return H3.h3ToString(cell);
  }

  static LatLng centre(long cell) {
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
