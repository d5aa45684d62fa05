// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The files of {@code deploy/compose} are read strictly, and say what {@code config/} says. */
class ComposeFilesTest {

  private static final Path FOLDER = Facts.ROOT.resolve("deploy/compose");
  private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{([A-Z0-9_]+)");
  private static final ObjectMapper STRICT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** What we use of the Compose specification; anything else is a mistake. */
  record Compose(
      String name,
      List<String> include,
      Map<String, Container> services,
      Map<String, JsonNode> volumes) {

    /** Anchors for the services below. */
    @JsonAnySetter
    void extension(String key, JsonNode ignored) {
      assertTrue(key.startsWith("x-"), key);
    }
  }

  record Build(String context, String dockerfile, Map<String, String> args) {}

  record Container(
      String image,
      Build build,
      String hostname,
      String restart,
      List<String> command,
      Map<String, String> environment,
      List<String> ports,
      List<String> volumes) {}

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "steady"})
  void everyServiceHasItsVersionItsVolumesAndRestarts(String form) throws IOException {
    Map<String, Container> services = services(form);
    Set<String> volumes = new HashSet<>(read(form).volumes().keySet());
    volumes.addAll(read("vigie").volumes().keySet());

    assertEquals(form.equals("steady") ? 5 : 1, count(services, "kafka"));
    assertEquals(form.equals("steady") ? 3 : 1, count(services, "zookeeper"));
    for (var service : services.entrySet()) {
      String[] image = service.getValue().image().split(":", 2);
      assertEquals(Facts.image(image[0]), image[1], service.getKey());
      assertEquals("on-failure", service.getValue().restart(), service.getKey());
      for (String mount : orEmpty(service.getValue().volumes())) {
        String source = mount.split(":", 2)[0];
        assertTrue(
            volumes.contains(source) || Files.exists(FOLDER.resolve(source)),
            service.getKey() + ": " + mount);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "steady", "vigie"})
  void everyPortComesFromConfig(String file) throws IOException {
    String text = Files.readString(FOLDER.resolve(file + ".yaml"));
    Map<String, String> ports = Facts.ports();
    VARIABLE
        .matcher(text)
        .results()
        .map(variable -> variable.group(1))
        .filter(name -> !name.startsWith("VIGIE_") && !name.startsWith("REDIS_HOST"))
        .forEach(name -> assertTrue(ports.containsKey(name), file + ": " + name));
    for (String port : ports.values()) {
      assertFalse(
          Pattern.compile("(?<!\\d)" + port + "(?!\\d)").matcher(text).find(),
          file + " restates port " + port);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "steady"})
  void kafkaHasTheSettingsAndTopicsOfConfig(String form) throws IOException {
    int brokers = form.equals("steady") ? 5 : 1;
    Map<String, Container> services = services(form);
    String commands =
        services.values().stream()
            .flatMap(service -> orEmpty(service.command()).stream())
            .collect(Collectors.joining("\n"));
    assertEquals(
        Facts.topics().stream().map(topic -> topic.on(brokers)).collect(toSet()),
        KafkaCommands.topics(commands));
    assertEquals(
        Facts.toFillIn(form + "/server.properties").keySet(), KafkaCommands.overridden(commands));
    assertEquals(
        KafkaCommands.comparable(Facts.kafka(form + "/zookeeper.properties")),
        KafkaCommands.zooKeeper(services.get("zookeeper").environment()));
  }

  @Test
  void everyVariableIsOneThatTheLocalStackGivesToo() throws IOException {
    ServiceFacts local = ServiceFacts.ofLocalStack();
    Map<String, Container> services = services("steady");
    for (String service : ServiceFacts.NAMES) {
      local.assertKnows(service, services.get(service).environment().keySet());
    }
  }

  @Test
  void imagesRunWhatTheLocalStackRuns() throws IOException {
    ServiceFacts local = ServiceFacts.ofLocalStack();
    List<String> service = dockerfile("service.Dockerfile");
    for (String name : ServiceFacts.NAMES) {
      List<String> container =
          name.equals("analytics-job") ? dockerfile("analytics-job.Dockerfile") : service;
      assertEquals(local.options(name), container, name);
    }
  }

  /** ENTRYPOINT and CMD together. */
  private static List<String> dockerfile(String name) throws IOException {
    List<String> command = new ArrayList<>();
    for (String line : Files.readAllLines(Facts.ROOT.resolve("deploy/images").resolve(name))) {
      if (line.startsWith("ENTRYPOINT ") || line.startsWith("CMD ")) {
        command.addAll(
            STRICT.readValue(
                line.substring(line.indexOf('[')), new TypeReference<List<String>>() {}));
      }
    }
    return ServiceFacts.essence(command);
  }

  private static long count(Map<String, Container> services, String name) {
    return services.keySet().stream().filter(one -> one.matches(name + "(-\\d)?")).count();
  }

  private static Map<String, Container> services(String form) throws IOException {
    Compose own = read(form);
    assertEquals(List.of("vigie.yaml"), own.include());
    Map<String, Container> all = new HashMap<>(read("vigie").services());
    all.putAll(own.services());
    return all;
  }

  /** SnakeYAML follows the anchors and merges, which Jackson's reader does not. */
  private static Compose read(String name) throws IOException {
    Object yaml = new Yaml().load(Files.readString(FOLDER.resolve(name + ".yaml")));
    return STRICT.convertValue(yaml, Compose.class);
  }

  private static List<String> orEmpty(List<String> list) {
    return list == null ? List.of() : list;
  }
}
