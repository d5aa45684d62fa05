// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What {@code config/} and the poms say, for those who compare other files with it. */
final class Facts {

  static final Path ROOT = Path.of("..", "..");

  private static final Pattern CONFIGURED = Pattern.compile("[^$]*");

  private Facts() {}

  /**
   * @param retention in milliseconds, or {@code compact}
   */
  record Topic(String name, int partitions, int replication, String retention) {

    Topic on(int brokers) {
      return new Topic(name, partitions, Math.min(replication, brokers), retention);
    }
  }

  /** Each of {@code config/ports.env}. */
  static Map<String, String> ports() throws IOException {
    return properties("config/ports.env");
  }

  static List<Topic> topics() throws IOException {
    JsonNode yaml = new YAMLMapper().readTree(ROOT.resolve("config/topics.yaml").toFile());
    return StreamSupport.stream(yaml.get("topics").spliterator(), false)
        .map(
            topic ->
                new Topic(
                    topic.get("name").asText(),
                    topic.get("partitions").asInt(),
                    topic.get("replication").asInt(),
                    retention(topic.get("retention").asText())))
        .toList();
  }

  private static String retention(String text) {
    return text.equals("compact") ? text : Long.toString(Duration.parse(text).toMillis());
  }

  /** The settings of a file of {@code config/kafka} that no address or number is filled into. */
  static Map<String, String> kafka(String file) throws IOException {
    return properties("config/kafka/" + file).entrySet().stream()
        .filter(setting -> CONFIGURED.matcher(setting.getValue()).matches())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The settings of a file of {@code config/kafka} that each deployment has to fill in. */
  static Map<String, String> toFillIn(String file) throws IOException {
    return properties("config/kafka/" + file).entrySet().stream()
        .filter(setting -> !CONFIGURED.matcher(setting.getValue()).matches())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** A version that a pom names as a property. */
  static String version(String pom, String property) throws IOException {
    Matcher version =
        Pattern.compile("<%s>([^<]+)</%s>".formatted(property, property))
            .matcher(Files.readString(ROOT.resolve(pom)));
    if (!version.find()) {
      throw new IOException(pom + " has no " + property);
    }
    return version.group(1);
  }

  /** The image that has to be used wherever one of this name is. */
  static String image(String name) throws IOException {
    String runtimes = "deploy/local-stack/runtimes/pom.xml";
    return switch (name) {
      case "apache/kafka" -> version(runtimes, "kafka-zookeeper.version");
      case "zookeeper" -> version(runtimes, "zookeeper.version");
      case "apache/hadoop" -> version(runtimes, "hadoop.version");
      case "postgres" ->
          version("deploy/local-stack/pom.xml", "postgresql.binaries.version").split("\\.", 2)[0];
      case "redis" -> "7.2.11";
      // Maintained until 2027, and the version of Debian's package.
      case "haproxy" -> "2.6";
      default -> {
        if (!name.startsWith("vigie/")) {
          throw new IOException("nothing says which version " + name + " has to have");
        }
        yield "0.1.0-SNAPSHOT";
      }
    };
  }

  private static Map<String, String> properties(String file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(ROOT.resolve(file))) {
      properties.load(in);
    }
    Map<String, String> sorted = new TreeMap<>();
    properties.stringPropertyNames().forEach(n -> sorted.put(n, properties.getProperty(n)));
    return sorted;
  }
}
