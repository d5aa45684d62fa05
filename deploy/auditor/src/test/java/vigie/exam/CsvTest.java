// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.exam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CsvTest {

  @Test
  void textIsQuotedAndNoFormula() {
    assertEquals("\"a, \"\"b\"\"\"", Csv.cell("a, \"b\"", true));
    assertEquals("\"'=1+1\"", Csv.cell("=1+1", true));
    assertEquals("", Csv.cell(null, true));
  }

  @Test
  void aNumberStaysANumber() {
    assertEquals("-1.5", Csv.cell("-1.5", false));
  }
}
