// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

  private record Table(List<String> columns, List<List<?>> cells) implements CsvTable {
    @Override
    public String tableName() {
      return "table";
    }

    @Override
    public Stream<List<?>> rows() {
      return cells.stream();
    }
  }

  @Test
  void aTableIsWrittenAsRfc4180Says() throws IOException {
    StringBuilder text = new StringBuilder();
    Csv.write(
        new Table(List.of("id", "n"), List.of(List.of("a,\"b\"\nc", 1), Arrays.asList("d", null))),
        text);
    assertEquals("id,n\r\n\"a,\"\"b\"\"\nc\",1\r\nd,\r\n", text.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK()", "\uff1d1+1"})
  void noTextBecomesAFormula(String text) {
    assertEquals("'" + text, Csv.cell(text));
  }

  @Test
  void aQuotedFormulaIsGuardedInsideItsQuotes() {
    assertEquals("\"'=cmd(\"\"x\"\",1)\"", Csv.cell("=cmd(\"x\",1)"));
  }

  @Test
  void aSemicolonSeparatesNoCells() {
    assertEquals("\"x;=WEBSERVICE(1)\"", Csv.cell("x;=WEBSERVICE(1)"));
  }

  @Test
  void aNegativeNumberStaysANumber() {
    assertEquals("-4.486", Csv.cell(-4.486));
  }
}
