// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleGroupResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The objects of {@code deploy/kubernetes} say what {@code config/} and the local stack say. */
class KubernetesFilesTest {

  private static final String SINGLE = "single";
  private static final String CLUSTER = "cluster";
  private static final String HTTP = "http";
  private static final String MANAGEMENT = "management";
  private static final Path RULES = Manifests.FOLDER.resolve("components/monitoring/rules.yaml");

  /** {@code $(NAME)}: of another variable, for which the service itself does not look. */
  private static final Pattern REFERENCE = Pattern.compile("\\$\\((\\w+)\\)");

  private static final Pattern PROPERTY = Pattern.compile("<name>(.+?)</name><value>(.*?)</value>");

  @ParameterizedTest
  @ValueSource(strings = {SINGLE, CLUSTER})
  void everyPortIsThatOfConfig(String form) throws IOException {
    Manifests manifests = Manifests.of(form);
    Set<String> known = Set.copyOf(Facts.ports().values());
    manifests.pods().stream()
        .flatMap(pod -> pod.containers().stream())
        .flatMap(container -> container.getPorts().stream())
        .map(ContainerPort::getContainerPort)
        .forEach(port -> assertTrue(known.contains(port.toString()), form + ": " + port));
    manifests
        .each(Service.class)
        .flatMap(service -> service.getSpec().getPorts().stream())
        .map(ServicePort::getPort)
        .forEach(port -> assertTrue(known.contains(port.toString()), form + ": " + port));
    for (String service : ServiceFacts.NAMES) {
      Map<String, String> ports = ports(manifests.pod(service));
      assertEquals(ServiceFacts.managementPort(service), ports.get(MANAGEMENT), service);
      if (ports.containsKey(HTTP)) {
        assertEquals(ServiceFacts.port(service), ports.get(HTTP), service);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SINGLE, CLUSTER})
  void everyImageHasItsVersion(String form) throws IOException {
    for (Manifests.Pod pod : Manifests.of(form).pods()) {
      for (Container container : pod.containers()) {
        String[] image = container.getImage().split(":", 2);
        assertEquals(Facts.image(image[0]), image[1], container.getName());
      }
    }
  }

  /** Who publishes what serves others, publishes no more. */
  @ParameterizedTest
  @ValueSource(strings = {SINGLE, CLUSTER})
  void probesAskAtThePortOfTheManagementWhichNoPublicServiceHas(String form) {
    Manifests manifests = Manifests.of(form);
    for (String service : ServiceFacts.NAMES) {
      Container container = manifests.pod(service).containers().get(0);
      for (Probe probe :
          List.of(
              container.getStartupProbe(),
              container.getLivenessProbe(),
              container.getReadinessProbe())) {
        assertEquals(MANAGEMENT, probe.getHttpGet().getPort().getStrVal(), service);
      }
      Service management = manifests.find(Service.class, service + "-management").orElseThrow();
      assertTrue(management.getSpec().getPublishNotReadyAddresses(), "why it is not ready");
    }
    manifests
        .each(Service.class)
        .forEach(
            service -> {
              Set<String> ports =
                  service.getSpec().getPorts().stream().map(ServicePort::getName).collect(toSet());
              assertFalse(ports.containsAll(Set.of(HTTP, MANAGEMENT)), service.toString());
            });
  }

  @ParameterizedTest
  @CsvSource({"single, 1", "cluster, 5"})
  void topicsAreThoseOfConfig(String form, int brokers) throws IOException {
    assertEquals(
        Facts.topics().stream().map(topic -> topic.on(brokers)).collect(toSet()),
        Manifests.of(form).each(KafkaTopic.class).map(KubernetesFilesTest::topic).collect(toSet()));
  }

  @ParameterizedTest
  @CsvSource({"single, kraft-minimal/server", "cluster, kraft-steady/broker"})
  void strimziIsGivenTheSettingsOfConfig(String form, String file) throws IOException {
    Kafka kafka = Manifests.of(form).only(Kafka.class);
    assertEquals(
        Facts.version("deploy/local-stack/runtimes/pom.xml", "kafka.version"),
        kafka.getSpec().getKafka().getVersion());
    Map<String, String> expected = new TreeMap<>(Facts.kafka(file + ".properties"));
    // The operator's own business.
    expected
        .keySet()
        .removeIf(
            name ->
                name.matches(
                    "process\\.roles|node\\.id|listener.*|inter\\.broker.*|controller.*|broker\\..*"));
    Map<String, String> given = new TreeMap<>();
    kafka
        .getSpec()
        .getKafka()
        .getConfig()
        .forEach((key, value) -> given.put(key, value.toString()));
    assertEquals(expected, given);
  }

  @Test
  void everyUserMayWhatTheRulesOfConfigSay() throws IOException {
    Set<String> expected = new TreeSet<>();
    JsonNode rules =
        new YAMLMapper().readTree(Facts.ROOT.resolve("config/kafka/acls.yaml").toFile());
    for (JsonNode rule : rules.get("acls")) {
      for (String kind : List.of("topic", "group")) {
        for (JsonNode name : rule.path(kind + "s")) {
          for (JsonNode operation : rule.get("may")) {
            expected.add(
                String.join(
                    " ",
                    rule.get("user").asText(),
                    kind,
                    name.asText(),
                    operation.asText().replace("_", "")));
          }
        }
      }
    }
    Set<String> given = new TreeSet<>();
    Manifests.of(CLUSTER)
        .each(KafkaUser.class)
        .forEach(
            user -> {
              assertEquals("scram-sha-512", user.getSpec().getAuthentication().getType());
              for (AclRule rule :
                  ((KafkaUserAuthorizationSimple) user.getSpec().getAuthorization()).getAcls()) {
                rule.getOperations()
                    .forEach(
                        operation ->
                            given.add(
                                user.getMetadata().getName() + resource(rule) + operation.name()));
              }
            });
    assertEquals(expected, given);
  }

  /** What differs from {@code config/hdfs/steady} is where the processes and their folders are. */
  @ParameterizedTest
  @ValueSource(strings = {"core-site.xml", "hdfs-site.xml"})
  void hdfsIsGivenTheSettingsOfConfig(String file) throws IOException {
    Map<String, String> expected = properties("config/hdfs/steady/" + file);
    expected.values().removeIf(value -> value.contains("${") || value.contains("127.0.0.1"));
    Map<String, String> given = properties("deploy/kubernetes/components/hdfs-ha/" + file);
    assertTrue(given.entrySet().containsAll(expected.entrySet()), given.toString());
    given.forEach((name, value) -> assertFalse(value.contains("${"), name));
  }

  @ParameterizedTest
  @ValueSource(strings = {SINGLE, CLUSTER})
  void everyVariableIsOneThatTheLocalStackGivesToo(String form) throws IOException {
    ServiceFacts local = ServiceFacts.ofLocalStack();
    ServiceFacts secured = ServiceFacts.ofSecuredStack();
    for (String service : ServiceFacts.NAMES) {
      List<EnvVar> environment = Manifests.of(form).pod(service).environment();
      Set<String> referred =
          environment.stream()
              .filter(one -> one.getValue() != null)
              .flatMap(one -> REFERENCE.matcher(one.getValue()).results())
              .map(one -> one.group(1))
              .collect(toSet());
      Set<String> names = environment.stream().map(EnvVar::getName).collect(toSet());
      assertTrue(names.containsAll(referred), service + ": " + referred);
      names.removeAll(referred);
      local.assertKnows(service, names, secured.variables(service));
    }
  }

  /** A form that is asked for by other names has only one file to change. */
  @ParameterizedTest
  @ValueSource(strings = {SINGLE, CLUSTER})
  void thePublicNamesAreThoseOfOneConfigMap(String form) {
    Manifests manifests = Manifests.of(form);
    Map<String, String> names = manifests.find(ConfigMap.class, "public").orElseThrow().getData();
    for (String name : List.of("dashboard", "laptops", "patrols")) {
      String host = names.get(name);
      if (form.equals(SINGLE)) {
        var ingress = manifests.find(Ingress.class, name).orElseThrow().getSpec();
        assertEquals(host, ingress.getRules().get(0).getHost());
        assertEquals(List.of(host), ingress.getTls().get(0).getHosts());
      } else {
        var listeners = manifests.only(Gateway.class).getSpec().getListeners();
        assertTrue(
            listeners.stream()
                .anyMatch(one -> one.getName().equals(name) && one.getHostname().equals(host)),
            name);
        assertEquals(
            List.of(host),
            manifests.find(HTTPRoute.class, name).orElseThrow().getSpec().getHostnames());
      }
    }
    String header =
        manifests.pod("ingest-service").environment().stream()
            .filter(one -> one.getName().equals("VIGIE_INGEST_CLIENT_HEADER"))
            .map(EnvVar::getValue)
            .findAny()
            .orElseThrow();
    assertFalse(header.equals("X-Forwarded-For"), "a client can write into it");
  }

  /** Kustomize cannot read a file of rules into an object; {@code -Dvigie.docs=write} writes it. */
  @Test
  void theRulesAreThoseOfConfig() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    JsonNode groups = yaml.readTree(AlertRules.FILE.toFile()).get("groups");
    if ("write".equals(System.getProperty("vigie.docs"))) {
      String head =
          """
          # The rules of config/prometheus/alerts.yaml, written by KubernetesFilesTest.
          apiVersion: monitoring.coreos.com/v1
          kind: PrometheusRule
          metadata:
            name: vigie
          spec:
          """;
      String text = Files.readString(AlertRules.FILE);
      text = text.substring(text.indexOf("groups:"));
      Files.writeString(
          RULES,
          head
              + text.lines()
                  .map(line -> line.isEmpty() ? line : "  " + line)
                  .collect(joining("\n", "", "\n")));
    }
    assertEquals(groups, yaml.readTree(RULES.toFile()).get("spec").get("groups"));
    assertEquals(1, Manifests.in(RULES).each(PrometheusRule.class).count());
  }

  private static Facts.Topic topic(KafkaTopic topic) {
    Map<String, Object> config = topic.getSpec().getConfig();
    assertEquals("LogAppendTime", config.get("message.timestamp.type"));
    Object kept = config.getOrDefault("retention.ms", config.get("cleanup.policy"));
    return new Facts.Topic(
        topic.getMetadata().getName(),
        topic.getSpec().getPartitions(),
        topic.getSpec().getReplicas(),
        kept.toString());
  }

  private static String resource(AclRule rule) {
    if (rule.getResource() instanceof AclRuleTopicResource topic) {
      return " topic " + topic.getName() + star(topic.getPatternType().toValue());
    }
    AclRuleGroupResource group = (AclRuleGroupResource) rule.getResource();
    return " group " + group.getName() + star(group.getPatternType().toValue());
  }

  private static String star(String pattern) {
    return pattern.equals("prefix") ? "* " : " ";
  }

  private static Map<String, String> properties(String file) throws IOException {
    Matcher property = PROPERTY.matcher(Files.readString(Facts.ROOT.resolve(file)));
    Map<String, String> properties = new TreeMap<>();
    while (property.find()) {
      properties.put(property.group(1), property.group(2));
    }
    return properties;
  }

  /** Those of its containers, by name. */
  private static Map<String, String> ports(Manifests.Pod pod) {
    return pod.containers().stream()
        .flatMap(one -> one.getPorts().stream())
        .collect(toMap(ContainerPort::getName, port -> port.getContainerPort().toString()));
  }
}
