// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AreaTest {

  @Test
  void anAreaHoldsItsEdges() throws MalformedFrameException {
    Area lyon = Area.parse("45.5,4.5,46,5");
    assertTrue(lyon.contains(45.5, 4.5));
    assertTrue(lyon.contains(46, 5));
    assertFalse(lyon.contains(46.0001, 5));
    assertFalse(lyon.contains(45.7, 4.4999));
  }

  @Test
  void anAreaMayLieAcrossTheDateLine() throws MalformedFrameException {
    Area fiji = Area.parse("-20,177,-15,-178");
    assertTrue(fiji.contains(-17, 179.9));
    assertTrue(fiji.contains(-17, -179.9));
    assertFalse(fiji.contains(-17, 0));
  }

  @Test
  void aNeighbourhoodReachesBeyondTheEdgesOfTheAreaAndOfTheMap() throws MalformedFrameException {
    Area lyon = Area.parse("45.5,4.5,46,5").grownBy(0.5);
    assertTrue(lyon.contains(45.01, 4.01));
    assertTrue(lyon.contains(46.49, 5.49));
    assertFalse(lyon.contains(46.51, 5));
    assertFalse(lyon.contains(46, 5.51));

    Area fiji = Area.parse("-20,177,-15,179.8").grownBy(0.5);
    assertTrue(fiji.contains(-17, -179.8));
    assertFalse(fiji.contains(-17, -179.6));
    assertTrue(Area.parse("-20,-179.9,-15,179.8").grownBy(0.5).contains(-17, 179.9));
    assertTrue(Area.EVERYWHERE.grownBy(0.5).contains(90, 180));
  }

  @ParameterizedTest
  @CsvSource({
    "true, '45,4,46,5', '45,4,46,5'",
    "true, '45,4,46,5', '45.1,4.1,45.9,4.9'",
    "false, '45,4,46,5', '45.1,4.1,45.9,5.1'",
    "false, '45,4,46,5', '44.9,4.1,45.9,4.9'",
    "false, '45,4,46,5', '45,-180,46,180'",
    "true, '-90,-180,90,180', '-20,177,-15,-178'",
    "true, '-20,177,-15,-178', '-20,179,-15,-179'",
    "false, '-20,177,-15,-178', '-20,179,-15,-177'",
    "false, '-20,177,-15,-178', '-20,-170,-15,178'",
    "true, '0,0.11,1,1.63', '0,0.15,1,1.63'",
    "true, '0,170.11,1,-178.37', '0,170.15,1,-178.37'",
    "true, '0,170.11,1,-178.37', '0,170.15,1,180'",
    "true, '0,170.11,1,-178.37', '0,-180,1,-178.37'",
    "false, '0,170.11,1,-178.37', '0,-180,1,180'",
    "false, '0,-180,1,179', '0,179,1,-179'",
  })
  void anAreaCoversWhatLiesWithinIt(boolean covers, String area, String other)
      throws MalformedFrameException {
    assertEquals(covers, Area.parse(area).covers(Area.parse(other)));
  }

  @Test
  void anAreaCoversEveryPartOfItThatHasOneOfItsEdges() {
    for (int west = -120; west < 120; west += 7) {
      for (int inner = west; inner < 240; inner += 11) {
        Area area = new Area(0, west / 100.0, 1, 2.4);
        assertTrue(area.covers(new Area(0, inner / 100.0, 1, 2.4)), () -> "" + area);
        assertTrue(area.covers(new Area(0, west / 100.0, 1, inner / 100.0)), () -> "" + area);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"45.5,4.5,46,5", "-20,177,-15,-178", "-0.0000001,0,90,0.00000000000000000001"})
  void anAreaIsReadAsItWasWritten(String text) throws MalformedFrameException {
    assertEquals(text, Area.parse(text).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1,2,3", "1,2,3,x", "NaN,1,2,3", "91,0,91,0", "2,0,1,0", "0,0,1,181"})
  void whatIsNoAreaIsRefused(String area) {
    assertThrows(MalformedFrameException.class, () -> Area.parse(area));
  }
}
