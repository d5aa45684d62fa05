// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands of {@code deploy/kafka-migration.md}: what people are told to type is what is run
 * here.
 */
final class Runbook {

  private static final String FILE = "deploy/kafka-migration.md";
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final Pattern VARIABLE = Pattern.compile("\\$([A-Z_]+)");

  private final Set<String> lines = new LinkedHashSet<>();
  private final Set<String> unused;

  private Runbook(String text) {
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      block.group(1).lines().forEach(lines::add);
    }
    unused = new LinkedHashSet<>(lines);
  }

  static Runbook read() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve(FILE))) {
      root = root.getParent();
    }
    return new Runbook(Files.readString(root.resolve(FILE)));
  }

  /**
   * The words of the one line that has all of these in it.
   *
   * @param variables values of what is written {@code $NAME}
   */
  List<String> command(Map<String, String> variables, String... parts) {
    List<String> found =
        lines.stream().filter(line -> List.of(parts).stream().allMatch(line::contains)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(
          "%s has %d commands with %s".formatted(FILE, found.size(), List.of(parts)));
    }
    unused.remove(found.get(0));
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(found.get(0));
    while (word.find()) {
      words.add(word.group(1) == null ? filled(word.group(2), variables) : word.group(1));
    }
    return words;
  }

  /** The lines that no caller has requested. */
  Set<String> unused() {
    return unused;
  }

  private static String filled(String word, Map<String, String> variables) {
    return VARIABLE
        .matcher(word)
        .replaceAll(name -> Matcher.quoteReplacement(variables.get(name.group(1))));
  }
}
