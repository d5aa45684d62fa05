// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
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
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
  private static final Pattern HEAP_SHARE = Pattern.compile("-XX:MaxRAMPercentage=(\\d+)");

  /** They end once their work is done. */
  private static final Set<String> ONCE =
      Set.of("topics", "warehouse", "catalog", "issuer", "thresholds");

  /** What we use of the Compose specification; anything else is a mistake. */
  record Compose(Map<String, Container> services, Map<String, JsonNode> volumes) {

    /** Anchors for the services below. */
    @JsonAnySetter
    void extension(String key, JsonNode ignored) {
      assertTrue(key.startsWith("x-"), key);
    }
  }

  record Build(String context, String dockerfile) {}

  record Healthcheck(
      JsonNode test, String interval, String timeout, int retries, String startPeriod) {}

  record Container(
      String image,
      Build build,
      String hostname,
      String user,
      String restart,
      List<String> entrypoint,
      List<String> command,
      Map<String, String> environment,
      List<String> ports,
      List<String> volumes,
      List<String> profiles,
      List<String> capDrop,
      List<String> securityOpt,
      boolean readOnly,
      List<String> tmpfs,
      String memLimit,
      Double cpus,
      String shmSize,
      String stopGracePeriod,
      Map<String, Map<String, String>> dependsOn,
      Healthcheck healthcheck) {

    /** With what a form of Kafka adds, which is variables only. */
    Container with(Container more) {
      assertEquals(
          new Container(
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              more.environment,
              null,
              null,
              null,
              null,
              null,
              false,
              null,
              null,
              null,
              null,
              null,
              null,
              null),
          more);
      Map<String, String> all = new HashMap<>(environment);
      all.putAll(more.environment);
      return new Container(
          image,
          build,
          hostname,
          user,
          restart,
          entrypoint,
          command,
          all,
          ports,
          volumes,
          profiles,
          capDrop,
          securityOpt,
          readOnly,
          tmpfs,
          memLimit,
          cpus,
          shmSize,
          stopGracePeriod,
          dependsOn,
          healthcheck);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kraft-minimal", "minimal", "steady"})
  void everyServiceHasItsVersionItsVolumesAndRestarts(String form) throws IOException {
    Map<String, Container> services = services(form);
    Set<String> volumes = new HashSet<>(read(form).volumes().keySet());
    volumes.addAll(read("vigie").volumes().keySet());

    assertEquals(form.equals("steady") ? 5 : 1, count(services, "kafka"));
    int zooKeepers = form.equals("kraft-minimal") ? 0 : form.equals("steady") ? 3 : 1;
    assertEquals(zooKeepers, count(services, "zookeeper"));
    for (var service : services.entrySet()) {
      String[] image = service.getValue().image().split(":", 2);
      assertEquals(version(form, image[0]), image[1], service.getKey());
      assertEquals(restart(service), service.getValue().restart(), service.getKey());
      for (String mount : orEmpty(service.getValue().volumes())) {
        String source = mount.split(":", 2)[0];
        assertTrue(
            volumes.contains(source) || Files.exists(FOLDER.resolve(source)),
            service.getKey() + ": " + mount);
      }
    }
  }

  private static String version(String form, String image) throws IOException {
    return form.equals("kraft-minimal") && image.equals("apache/kafka")
        ? Facts.version("deploy/local-stack/runtimes/pom.xml", "kafka.version")
        : Facts.image(image);
  }

  /** Also after the machine has started again. */
  private static String restart(Map.Entry<String, Container> service) {
    if (service.getValue().profiles() != null) {
      return null;
    }
    return ONCE.contains(service.getKey()) ? "on-failure" : "unless-stopped";
  }

  @ParameterizedTest
  @ValueSource(strings = {"kraft-minimal", "minimal", "steady"})
  void everyContainerHasItsLimitsAndNoRightsAndTellsHowItIs(String form) throws IOException {
    for (var service : services(form).entrySet()) {
      String name = service.getKey();
      Container container = service.getValue();
      boolean stays = !ONCE.contains(name) && container.profiles() == null;
      assertEquals(List.of("ALL"), container.capDrop(), name);
      assertEquals(List.of("no-new-privileges:true"), container.securityOpt(), name);
      // The image of ZooKeeper writes its settings beside its program.
      assertEquals(!name.startsWith("zookeeper"), container.readOnly(), name);
      assertTrue(container.memLimit() != null, name + " has no limit of memory");
      assertEquals(stays, container.healthcheck() != null, name + ": healthcheck");
      assertEquals(stays, container.cpus() != null, name + ": cpus");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kraft-minimal", "minimal", "steady", "vigie"})
  void everyPortComesFromConfig(String file) throws IOException {
    String text = Files.readString(FOLDER.resolve(file + ".yaml"));
    Map<String, String> ports = Facts.ports();
    VARIABLE
        .matcher(text)
        .results()
        .map(variable -> variable.group(1))
        .filter(name -> !name.startsWith("VIGIE_"))
        .forEach(name -> assertTrue(ports.containsKey(name), file + ": " + name));
    for (String port : ports.values()) {
      assertFalse(
          Pattern.compile("(?<!\\d)" + port + "(?!\\d)").matcher(text).find(),
          file + " restates port " + port);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kraft-minimal", "minimal", "steady"})
  void kafkaHasTheSettingsAndTopicsOfConfig(String form) throws IOException {
    int brokers = form.equals("steady") ? 5 : 1;
    Map<String, Container> services = services(form);
    String commands =
        services.values().stream()
            .flatMap(service -> orEmpty(service.command()).stream())
            .collect(Collectors.joining("\n"));
    Container topics = services.get("topics");
    assertEquals(List.of("topics"), topics.command());
    assertEquals(Integer.toString(brokers), topics.environment().get("KAFKA_BROKERS"));
    if (form.equals("kraft-minimal")) {
      assertEquals(
          Facts.toFillIn(form + "/server.properties").keySet(),
          KafkaCommands.appended(String.join("\n", services.get("kafka").command())));
    } else {
      assertEquals(
          Facts.toFillIn(form + "/server.properties").keySet(), KafkaCommands.overridden(commands));
      assertEquals(
          KafkaCommands.comparable(Facts.kafka(form + "/zookeeper.properties")),
          KafkaCommands.zooKeeper(services.get("zookeeper").environment()));
    }
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
      assertEquals(local.options(name), ServiceFacts.essence(container), name);
    }
  }

  @Test
  void theShareOfAContainersMemoryIsTheHeapThatTheLocalStackGives() throws IOException {
    ServiceFacts local = ServiceFacts.ofLocalStack();
    Map<String, Container> services = services("steady");
    for (String name : ServiceFacts.NAMES) {
      String file = name.equals("analytics-job") ? name : "service";
      long share =
          dockerfile(file + ".Dockerfile").stream()
              .map(HEAP_SHARE::matcher)
              .filter(Matcher::matches)
              .mapToLong(option -> Long.parseLong(option.group(1)))
              .findFirst()
              .orElseThrow();
      long limit = ServiceFacts.bytes(services.get(name).memLimit());
      assertEquals(local.heap(name), limit * share / 100, name);
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
    return command;
  }

  private static long count(Map<String, Container> services, String name) {
    return services.keySet().stream().filter(one -> one.matches(name + "(-\\d)?")).count();
  }

  private static Map<String, Container> services(String form) throws IOException {
    Map<String, Container> all = new HashMap<>(read("vigie").services());
    read(form).services().forEach((name, more) -> all.merge(name, more, Container::with));
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
