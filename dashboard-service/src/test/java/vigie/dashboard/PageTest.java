// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be known of the page without a browser. */
class PageTest {

  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Path PAGE = RESOURCES.resolve("META-INF/resources");
  private static final String WORDS_KEY = "(?m)(?:^ {2}|, )(\\w+): ['`(]";
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static Set<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String scripts() throws IOException {
    try (Stream<Path> files = Files.walk(PAGE.resolve("app"))) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(f -> f.toString().endsWith(".js")).toList()) {
        all.append(read(file));
      }
      return all.toString();
    }
  }

  @Test
  void theContentSecurityPolicyNamesTheImportMapAndNoOther()
      throws IOException, GeneralSecurityException {
    String map =
        IMPORT_MAP.matcher(read(PAGE.resolve("index.html"))).results().toList().get(0).group(1);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(map.getBytes(StandardCharsets.UTF_8));
    String settings = read(RESOURCES.resolve("application.properties"));
    assertEquals(
        Set.of("sha256-" + Base64.getEncoder().encodeToString(hash)),
        found("'(sha256-[^']+)'", settings));
    assertFalse(settings.contains("unsafe-"));
  }

  @Test
  void everyImportedFileIsServed() throws IOException {
    for (String file : found("\": \"(/_static/[^\"]+\\.js)\"", read(PAGE.resolve("index.html")))) {
      assertTrue(
          getClass().getResource("/META-INF/resources" + file) != null,
          () -> file + " is on the import map but in no dependency");
    }
  }

  @Test
  void thePageAsksNoOtherHostAndOneLinkLeadsToOne() throws IOException {
    String all = read(PAGE.resolve("index.html")) + scripts();
    assertEquals(
        Set.of("https://www.openstreetmap.org/directions"), found("(https?://[^?\"'` ]+)", all));
  }

  @Test
  void bothLanguagesSayTheSameThings() throws IOException {
    Set<String> english = found(WORDS_KEY, read(PAGE.resolve("app/words/en.js")));
    assertEquals(english, found(WORDS_KEY, read(PAGE.resolve("app/words/fr.js"))));
    assertTrue(english.size() > 80, () -> "Only " + english);
  }

  /** The later one would hide the earlier one, without a sign. */
  @ParameterizedTest
  @ValueSource(strings = {"en", "fr"})
  void noWordsAreDefinedTwice(String language) throws IOException {
    List<String> keys =
        Pattern.compile(WORDS_KEY)
            .matcher(read(PAGE.resolve("app/words/%s.js".formatted(language))))
            .results()
            .map(match -> match.group(1))
            .toList();
    assertEquals(new TreeSet<>(keys).size(), keys.size(), () -> "Some of " + keys);
  }

  @Test
  void everyWordThatAPartSaysIsKnown() throws IOException {
    String english = read(PAGE.resolve("app/words/en.js"));
    Set<String> unknown = found("\\bsay\\('(\\w+)'", scripts());
    unknown.removeIf(word -> english.contains(word + ": "));
    assertEquals(Set.of(), unknown);
  }
}
