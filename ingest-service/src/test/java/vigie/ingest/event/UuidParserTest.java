// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.harness.Seed;

class UuidParserTest {

  private static final String GOOD = "5810d60e-a729-41b9-a8c1-47437abec539";

  @Test
  void everyUuidIsReadInBothCases() {
    long seed = Seed.of(UuidParserTest.class);
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      UUID id = new UUID(random.nextLong(), random.nextLong());
      assertEquals(id, read(id.toString()), "seed " + seed);
      assertEquals(id, read(id.toString().toUpperCase(Locale.ROOT)), "seed " + seed);
    }
    assertEquals(new UUID(0, 0), read(new UUID(0, 0).toString()));
    assertEquals(new UUID(-1, -1), read(new UUID(-1, -1).toString()));
  }

  @Test
  void anotherCharacterAnywhereMakesNone() {
    for (int at = 0; at < GOOD.length(); at++) {
      for (char c : new char[] {'g', 'G', '/', ':', '@', '`', '+', ' ', '\0', 'é', '٣', '\uFFFF'}) {
        assertNull(read(GOOD.substring(0, at) + c + GOOD.substring(at + 1)), at + " " + c);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "5810d60ea72941b9a8c147437abec539",
        "5810d60e-a729-41b9-a8c1-47437abec53",
        "5810d60e-a729-41b9-a8c1-47437abec5390",
        "{810d60e-a729-41b9-a8c1-47437abec53}",
        "+810d60e-a729-41b9-a8c1-47437abec539",
        "5810d60e-a729-41b9-a8c14-7437abec539"
      })
  void whatIsNoUuidIsNone(String text) {
    assertNull(read(text));
  }

  /** Where the parser has it: among other characters. */
  private static UUID read(String text) {
    char[] chars = ("\"" + text + "\",0123456789abcdef0123456789abcdef0123456789").toCharArray();
    return UuidParser.read(chars, 1, text.length());
  }
}
