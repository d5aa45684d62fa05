// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What two parts must agree on is written once, in {@code config/}. */
class ConfigAgreementTest {

  private static final Path ROOT = Path.of("..", "..");

  @Test
  void noServiceNamesATopicThatIsNotInConfig() throws IOException {
    Set<String> known = topicsOfConfig();
    for (Path settings : serviceSettings()) {
      Properties properties = new Properties();
      try (var in = Files.newBufferedReader(settings)) {
        properties.load(in);
      }
      for (String key : properties.stringPropertyNames()) {
        if (key.endsWith(".topic") || key.endsWith(".topics")) {
          Pattern.compile(",")
              .splitAsStream(properties.getProperty(key))
              .forEach(
                  topic -> assertTrue(known.contains(topic), settings + ": " + key + "=" + topic));
        }
      }
    }
  }

  @Test
  void noServiceRestatesAPort() throws IOException {
    for (Path settings : serviceSettings()) {
      String text = Files.readString(settings);
      for (String port : portsOfConfig()) {
        assertFalse(
            Pattern.compile("(?<!\\d)" + port + "(?!\\d)").matcher(text).find(),
            settings + " restates port " + port + " of config/ports.env");
      }
    }
  }

  @Test
  void everySchemaNamesItsTopicAsConfigDoes() throws IOException {
    Set<String> named = new TreeSet<>();
    try (Stream<Path> schemas = Files.list(ROOT.resolve("config/schemas/src/main/avro"))) {
      for (Path schema : schemas.toList()) {
        Matcher topic =
            Pattern.compile("Topic (vigie\\.[a-z-]+)").matcher(Files.readString(schema));
        if (topic.find()) {
          named.add(topic.group(1));
        }
      }
    }
    Set<String> expected = topicsOfConfig();
    expected.removeAll(Set.of("vigie.dead-letters", "vigie.revocations"));
    assertEquals(expected, named);
  }

  /** A process that ran out of memory may have done a part of anything. */
  @Test
  void everyImageExitsOnAnOutOfMemoryError() throws IOException {
    // Compose gives Hadoop's image its options, and an operator's command lives for seconds.
    Set<String> others = Set.of("hadoop.Dockerfile", "tools.Dockerfile");
    try (Stream<Path> files = Files.list(ROOT.resolve("deploy/images"))) {
      List<Path> images =
          files
              .filter(file -> file.toString().endsWith(".Dockerfile"))
              .filter(file -> !others.contains(file.getFileName().toString()))
              .toList();
      assertFalse(images.isEmpty());
      for (Path image : images) {
        assertTrue(
            Files.readString(image).contains("\"-XX:+ExitOnOutOfMemoryError\""), image::toString);
      }
    }
    String compose = Files.readString(ROOT.resolve("deploy/compose/vigie.yaml"));
    assertTrue(compose.contains("HADOOP_OPTS: -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError\n"));
  }

  private static List<Path> serviceSettings() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      List<Path> settings =
          folders
              .map(folder -> folder.resolve("src/main/resources/application.properties"))
              .filter(Files::exists)
              .toList();
      assertEquals(4, settings.size(), "the four services");
      return settings;
    }
  }

  private static Set<String> topicsOfConfig() throws IOException {
    JsonNode yaml = new YAMLMapper().readTree(ROOT.resolve("config/topics.yaml").toFile());
    Set<String> names = new TreeSet<>();
    yaml.findValuesAsText("name").forEach(names::add);
    assertFalse(names.isEmpty());
    return names;
  }

  private static List<String> portsOfConfig() throws IOException {
    try (Stream<String> lines = Files.lines(ROOT.resolve("config/ports.env"))) {
      return lines
          .filter(l -> l.contains("="))
          .map(l -> l.substring(l.indexOf('=') + 1).strip())
          .toList();
    }
  }
}
