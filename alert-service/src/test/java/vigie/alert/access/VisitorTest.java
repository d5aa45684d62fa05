// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class VisitorTest {

  @Test
  void aSubjectIsBoundedAndHidesNothing() {
    assertEquals("Zoé Léa 🦉", Visitor.printable("Zoé Léa 🦉"));
    assertEquals("a\uFFFDb\uFFFDc\uFFFD", Visitor.printable("a\nb\u202Ec\u2028"));
    assertEquals(256, Visitor.printable("x".repeat(8_000)).length());
  }
}
