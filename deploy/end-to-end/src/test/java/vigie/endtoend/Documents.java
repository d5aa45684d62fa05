// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of this repository that documentation consists of, or can name. */
final class Documents {

  private static final Set<String> NOT_OURS = Set.of("target", ".vigie", ".git", "node_modules");
  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");

  private Documents() {}

  static List<Path> all() throws IOException {
    return sources(".md");
  }

  /** The limits of prose do not apply to printed measurements and to the list of old names. */
  static boolean isProse(Path document) {
    return !document.startsWith(Facts.ROOT.resolve("deploy/benchmark/results"))
        && !document.equals(Facts.ROOT.resolve("deploy/docs/renamed.md"));
  }

  static String withoutCodeBlocks(Path document) throws IOException {
    return CODE_BLOCK.matcher(Files.readString(document)).replaceAll("");
  }

  /** Files that end in one of these, without what a build or a run has made. */
  static List<Path> sources(String... endings) throws IOException {
    try (Stream<Path> files = Files.walk(Facts.ROOT)) {
      return files
          .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .filter(Documents::isOurs)
          .sorted()
          .toList();
    }
  }

  private static boolean isOurs(Path file) {
    for (Path part : file) {
      if (NOT_OURS.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }
}
