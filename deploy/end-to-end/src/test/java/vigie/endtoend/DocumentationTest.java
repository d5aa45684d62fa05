// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documentation is short, names its actors, and names only what exists. */
class DocumentationTest {

  private static final int MOST_WORDS = 15_000;
  private static final int LONGEST_SENTENCE = 25;
  private static final int MOST_STATIONS = 12;

  private static final Pattern INDEFINITE =
      Pattern.compile("(?i)\\b(whoever|nobody|everybody|somebody|of which|is none)\\b");

  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern LINK = Pattern.compile("(?:]\\(|src=\")([^)\\s\"]+)[)\"]");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern PATH =
      Pattern.compile(
          "(?<![\\w./-])(?:config|deploy|(?:alert|archive|dashboard|ingest)-service|analytics-job)"
              + "(?:/[\\w-][\\w.-]*)+");

  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern CLASS = Pattern.compile("(?:[a-z]+\\.)?([A-Z][a-z]\\w*)");
  private static final Pattern TYPE =
      Pattern.compile(
          "(?:(?:class|record|interface|enum)|- alert:) (\\w+)|\"name\": *\"([A-Z]\\w*)\"");

  /** Header fields that look like classes. */
  private static final Set<String> NOT_CLASSES = Set.of("Accept", "Prefer");

  @Test
  void theWordsFitIntoAnHourOfReading() throws IOException {
    long words = 0;
    List<String> counts = new ArrayList<>();
    for (Path document : prose()) {
      long count = words(Files.readString(document));
      counts.add(count + " " + document);
      words += count;
    }
    assertTrue(words <= MOST_WORDS, words + " words; replace text instead: " + counts);
  }

  @Test
  void noActorIsIndefinite() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path document : Documents.all()) {
      Matcher word = INDEFINITE.matcher(Files.readString(document));
      while (word.find()) {
        found.add(document + ": " + word.group());
      }
    }
    assertEquals(List.of(), found);
  }

  @Test
  void noSentenceIsLong() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path document : prose()) {
      for (String sentence : Sentences.of(Documents.withoutCodeBlocks(document))) {
        if (words(sentence) > LONGEST_SENTENCE) {
          found.add(document + ": " + sentence);
        }
      }
    }
    assertEquals(List.of(), found);
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path document : Documents.all()) {
      Matcher link = LINK.matcher(Documents.withoutCodeBlocks(document));
      while (link.find()) {
        String target = link.group(1);
        if (!target.contains("://")) {
          links++;
          if (!leadsSomewhere(document, target)) {
            broken.add(document + ": " + target);
          }
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(links > 200, "only " + links + " links were found");
  }

  @Test
  void everyPathAndCommandExists() throws IOException {
    List<String> missing = new ArrayList<>();
    int paths = 0;
    for (Path document : Documents.all()) {
      Matcher path = PATH.matcher(Files.readString(document));
      while (path.find()) {
        String name = path.group().replaceFirst("\\.$", "");
        if (name.contains("/target/") || name.endsWith("/target")) {
          continue;
        }
        paths++;
        if (!Files.exists(Facts.ROOT.resolve(name))) {
          missing.add(document + ": " + name);
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(paths > 100, "only " + paths + " paths were found");
  }

  @Test
  void everyClassExists() throws IOException {
    Set<String> types = types();
    List<String> missing = new ArrayList<>();
    int classes = 0;
    for (Path document : prose()) {
      Matcher code = CODE.matcher(Documents.withoutCodeBlocks(document));
      while (code.find()) {
        Matcher name = CLASS.matcher(code.group(1));
        if (name.matches() && !NOT_CLASSES.contains(name.group(1))) {
          classes++;
          if (!types.contains(name.group(1))) {
            missing.add(document + ": " + code.group(1));
          }
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(classes > 150, "only " + classes + " classes were found");
  }

  /** One result from the HTTP body to the map. */
  @Test
  void everyStationOfTheDataFlowIsAClass() throws IOException {
    String readme = Files.readString(Facts.ROOT.resolve("README.md"));
    String flow = readme.substring(readme.indexOf("## Data flow"));
    Matcher station =
        Pattern.compile("(?m)^\\d+\\. `(\\w+)`")
            .matcher(flow.substring(0, flow.indexOf("\n## ", 1)));
    Set<String> types = types();
    List<String> stations = new ArrayList<>();
    while (station.find()) {
      stations.add(station.group(1));
    }
    assertTrue(types.containsAll(stations), stations.toString());
    assertTrue(stations.size() > 8 && stations.size() <= MOST_STATIONS, stations.toString());
  }

  private static long words(String text) {
    return SPACE.splitAsStream(text.strip()).count();
  }

  private static List<Path> prose() throws IOException {
    return Documents.all().stream().filter(Documents::isProse).toList();
  }

  private static Set<String> types() throws IOException {
    Set<String> types = new HashSet<>();
    for (Path source : Documents.sources(".java", ".js", ".avsc", "alerts.yaml")) {
      Matcher type = TYPE.matcher(Files.readString(source));
      while (type.find()) {
        types.add(type.group(1) == null ? type.group(2) : type.group(1));
      }
    }
    return types;
  }

  static boolean leadsSomewhere(Path document, String target) throws IOException {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
    return Files.exists(file) && (parts.length == 1 || anchors(file).contains(parts[1]));
  }

  /** As GitHub makes them from headings. */
  private static Set<String> anchors(Path document) throws IOException {
    Set<String> anchors = new HashSet<>();
    Matcher heading = HEADING.matcher(Documents.withoutCodeBlocks(document));
    while (heading.find()) {
      String text = heading.group(1).replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1");
      anchors.add(
          text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
    }
    return anchors;
  }
}
