// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentedTestsTest {

  /** {@code [`aTest`, `another`](path/to/SomeIT.java)}. */
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\(([^)\\s]+\\.java)\\)");

  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  @Test
  void everyTestThatADocumentLinksToExists() throws IOException {
    List<String> missing = new ArrayList<>();
    int names = 0;
    for (Path document : Documents.all()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        Path source = document.resolveSibling(link.group(2)).normalize();
        String code = Files.exists(source) ? Files.readString(source) : "";
        Matcher name = NAME.matcher(link.group(1));
        while (name.find()) {
          names++;
          if (!Pattern.compile("\\b" + name.group(1) + "\\b").matcher(code).find()) {
            missing.add(document + " names " + name.group(1) + " of " + source);
          }
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(names > 50, "only " + names + " names were found");
  }
}
