// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class H3CellsTest {

  @Test
  void aCellContainsItsCentre() {
    String cell = H3Cells.containing(48.8566, 2.3522, 7);
    assertEquals("871fb4662ffffff", cell);
    var centre = H3Cells.centre(cell);
    assertEquals(cell, H3Cells.containing(centre.lat, centre.lng, 7));
    assertEquals(48.8566, centre.lat, 0.02);
    assertEquals(2.3522, centre.lng, 0.02);
  }

  @Test
  void whatIsNoPlaceOnEarthHasNoCell() {
    assertNull(H3Cells.containing(null, 2.0, 5));
    assertNull(H3Cells.containing(Double.NaN, 2.0, 5));
    assertNull(H3Cells.containing(90.1, 2.0, 5));
    assertNull(H3Cells.containing(48.0, -180.1, 5));
  }
}
