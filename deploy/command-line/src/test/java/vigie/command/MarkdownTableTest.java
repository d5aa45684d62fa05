// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class MarkdownTableTest {

  @Test
  void namesStandLeftAndFiguresRight() {
    MarkdownTable table = new MarkdownTable("form", "events/s");
    table.add("single", "9");
    table.add("batch of 100", "1200");

    assertEquals(
        """
        | form         | events/s |
        | ------------ | --------:|
        | single       |        9 |
        | batch of 100 |     1200 |
        """,
        table.toString());
  }

  @Test
  void aRowHasACellForEachHeading() {
    assertThrows(IllegalArgumentException.class, () -> new MarkdownTable("a", "b").add("1"));
  }
}
