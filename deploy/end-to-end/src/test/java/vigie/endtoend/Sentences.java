// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.util.List;
import java.util.regex.Pattern;

/** The sentences of Markdown without code blocks: those of paragraphs and of list items. */
final class Sentences {

  private static final Pattern BLOCK = Pattern.compile("\\n\\s*\\n|\\n(?=\\s*(?:[-*]|\\d+\\.) )");
  private static final Pattern NOT_PROSE = Pattern.compile("^\\s*[|#<!].*", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\([^)]*\\)");
  private static final Pattern MARKER = Pattern.compile("^\\s*(?:[-*]|\\d+\\.) ");
  private static final Pattern END = Pattern.compile("(?<=[.!?])(?:\\*\\*)?\\s+");

  private Sentences() {}

  static List<String> of(String markdown) {
    return BLOCK
        .splitAsStream(markdown)
        .filter(block -> !NOT_PROSE.matcher(block).matches())
        .map(block -> LINK.matcher(block).replaceAll("$1"))
        .map(block -> MARKER.matcher(block).replaceFirst(""))
        .flatMap(END::splitAsStream)
        .toList();
  }
}
