// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of {@code deploy/kubernetes} are read strictly, and say what {@code config/} says. */
class KubernetesFilesTest {

  private static final Path FOLDER = Facts.ROOT.resolve("deploy/kubernetes");
  private static final String HTTP = "http";
  private static final String MANAGEMENT = "management";

  /** Unknown fields are mistakes, also where the model would keep them for a later version. */
  private static final YAMLMapper STRICT =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated one) {
                  return false;
                }
              })
          .build();

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Stream.of(
              Namespace.class,
              Service.class,
              Deployment.class,
              StatefulSet.class,
              Job.class,
              PodDisruptionBudget.class,
              NetworkPolicy.class,
              HorizontalPodAutoscaler.class,
              Kafka.class,
              KafkaNodePool.class,
              KafkaTopic.class)
          .collect(toMap(Class::getSimpleName, Function.identity()));

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "steady", "kraft-minimal", "kraft-steady"})
  void everyFormIsWellFormedAndComplete(String form) throws IOException {
    List<HasMetadata> all = resources(form);
    Set<String> names =
        all.stream().map(one -> one.getKind() + "/" + one.getMetadata().getName()).collect(toSet());

    assertEquals(all.size(), names.size(), "each name once");
    for (HasMetadata one : all) {
      if (one instanceof PodDisruptionBudget budget) {
        assertTrue(replicas(all, budget.getSpec().getSelector().getMatchLabels()) > 1, form);
      }
      if (one instanceof HorizontalPodAutoscaler scaler) {
        assertTrue(names.contains("Deployment/" + scaler.getSpec().getScaleTargetRef().getName()));
      }
    }
    assertTrue(names.contains("Service/kafka"), "what every service is given");
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "steady", "kraft-minimal", "kraft-steady"})
  void everyPortIsThatOfConfig(String form) throws IOException {
    Set<String> known = Set.copyOf(Facts.ports().values());
    for (HasMetadata one : resources(form)) {
      pod(one).stream()
          .flatMap(pod -> pod.getContainers().stream())
          .flatMap(container -> container.getPorts().stream())
          .map(ContainerPort::getContainerPort)
          .forEach(port -> assertTrue(known.contains(port.toString()), form + ": " + port));
      if (one instanceof Service service && service.getSpec().getPorts() != null) {
        for (ServicePort port : service.getSpec().getPorts()) {
          assertTrue(known.contains(port.getPort().toString()), form + ": " + port.getPort());
        }
      }
    }
    for (String service : ServiceFacts.NAMES) {
      Map<String, String> ports = ports(template(form, service));
      assertEquals(ServiceFacts.managementPort(service), ports.get(MANAGEMENT), service);
      if (ports.containsKey(HTTP)) {
        assertEquals(ServiceFacts.port(service), ports.get(HTTP), service);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "steady", "kraft-minimal", "kraft-steady"})
  void everyContainerHasItsVersionProbesAndBounds(String form) throws IOException {
    for (HasMetadata one : resources(form)) {
      for (PodSpec pod : pod(one)) {
        Container container = pod.getContainers().get(0);
        String[] image = container.getImage().split(":", 2);
        assertEquals(Facts.image(image[0]), image[1], container.getName());
        assertNotNull(container.getResources().getLimits().get("memory"), container.getName());
        assertNotNull(container.getResources().getRequests().get("cpu"), container.getName());
        if (!(one instanceof Job)) {
          assertNotNull(
              container.getReadinessProbe() == null
                  ? container.getLivenessProbe()
                  : container.getReadinessProbe(),
              container.getName());
          assertNotNull(container.getLivenessProbe(), container.getName());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "steady", "kraft-minimal", "kraft-steady"})
  void probesAndPrometheusAskAtThePortOfTheManagement(String form) throws IOException {
    for (String service : ServiceFacts.NAMES) {
      PodTemplateSpec template = template(form, service);
      Container container = template.getSpec().getContainers().get(0);
      for (Probe probe :
          List.of(
              container.getStartupProbe(),
              container.getLivenessProbe(),
              container.getReadinessProbe())) {
        assertEquals(MANAGEMENT, probe.getHttpGet().getPort().getStrVal(), service);
      }
      assertEquals(
          ports(template).get(MANAGEMENT),
          template.getMetadata().getAnnotations().get("prometheus.io/port"));
    }
  }

  /** No policy keeps the kubelet out. Who publishes what serves others, publishes no more. */
  @ParameterizedTest
  @ValueSource(strings = {"minimal", "steady", "kraft-minimal", "kraft-steady"})
  void onlyPrometheusAndTheDashboardComeToThePortOfTheManagement(String form) throws IOException {
    NetworkPolicySpec policy = only(form, NetworkPolicy.class).getSpec();
    assertEquals(
        Set.copyOf(ServiceFacts.NAMES),
        Set.copyOf(policy.getPodSelector().getMatchExpressions().get(0).getValues()));
    for (NetworkPolicyIngressRule rule : policy.getIngress()) {
      Set<String> ports =
          rule.getPorts().stream().map(port -> port.getPort().getStrVal()).collect(toSet());
      if (ports.equals(Set.of(MANAGEMENT))) {
        assertEquals(
            Set.of(
                Map.of("app", "dashboard-service"), Map.of("app.kubernetes.io/name", "prometheus")),
            rule.getFrom().stream()
                .map(one -> one.getPodSelector().getMatchLabels())
                .collect(toSet()));
      } else {
        assertEquals(Set.of(HTTP, "ui"), ports);
      }
    }
    for (HasMetadata one : resources(form)) {
      if (one instanceof Service service && service.getSpec().getPorts() != null) {
        Set<String> ports =
            service.getSpec().getPorts().stream().map(ServicePort::getName).collect(toSet());
        assertFalse(ports.containsAll(Set.of(HTTP, MANAGEMENT)), service.getMetadata().getName());
      }
    }
  }

  @Test
  void topicsAreThoseOfConfigInEveryForm() throws IOException {
    for (String form : List.of("minimal", "steady")) {
      int brokers = form.equals("steady") ? 5 : 1;
      assertEquals(topics(brokers), KafkaCommands.topics(commands(form)), form);
      assertEquals(
          topics(brokers),
          resources("kraft-" + form).stream()
              .filter(KafkaTopic.class::isInstance)
              .map(KafkaTopic.class::cast)
              .map(KubernetesFilesTest::topic)
              .collect(toSet()),
          "kraft-" + form);
    }
  }

  @Test
  void nobodyScalesBeyondThePartitionsThatThereAreToRead() throws IOException {
    int partitions = Facts.topics().get(0).partitions();
    long scaled =
        resources("steady").stream()
            .filter(HorizontalPodAutoscaler.class::isInstance)
            .map(HorizontalPodAutoscaler.class::cast)
            .filter(one -> one.getSpec().getMetrics().get(0).getType().equals("Pods"))
            .peek(one -> assertTrue(one.getSpec().getMaxReplicas() <= partitions))
            .count();
    assertEquals(2, scaled, "alert-service and archive-service, by their lag");
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "steady"})
  void addressesAndNothingElseArePutOverTheSettingsOfConfig(String form) throws IOException {
    Set<String> overridden = KafkaCommands.overridden(commands(form));
    assertEquals(Facts.toFillIn(form + "/server.properties").keySet(), overridden);
    Map<String, String> zooKeeper = KafkaCommands.zooKeeper(environment(form, "zookeeper"));
    assertEquals(KafkaCommands.comparable(Facts.kafka(form + "/zookeeper.properties")), zooKeeper);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kraft-minimal/server", "kraft-steady/broker"})
  void strimziIsGivenTheSettingsOfConfig(String file) throws IOException {
    String form = file.split("/", 2)[0];
    Kafka kafka = only(form, Kafka.class);
    assertEquals(
        Facts.version("deploy/local-stack/runtimes/pom.xml", "kafka.version"),
        kafka.getSpec().getKafka().getVersion());
    Map<String, String> config = Facts.kafka(file + ".properties");
    kafka
        .getSpec()
        .getKafka()
        .getConfig()
        .forEach((key, value) -> assertEquals(config.get(key), value.toString(), key));
    assertFalse(kafka.getSpec().getKafka().getConfig().isEmpty());
  }

  @Test
  void everyVariableIsOneThatTheLocalStackGivesToo() throws IOException {
    ServiceFacts local = ServiceFacts.ofLocalStack();
    for (String service : ServiceFacts.NAMES) {
      local.assertKnows(service, environment("steady", service).keySet());
    }
  }

  private static Set<Facts.Topic> topics(int brokers) throws IOException {
    return Facts.topics().stream().map(topic -> topic.on(brokers)).collect(toSet());
  }

  private static Facts.Topic topic(KafkaTopic topic) {
    Map<String, Object> config = topic.getSpec().getConfig();
    Object kept = config.getOrDefault("retention.ms", config.get("cleanup.policy"));
    return new Facts.Topic(
        topic.getMetadata().getName(),
        topic.getSpec().getPartitions(),
        topic.getSpec().getReplicas(),
        kept.toString());
  }

  private static String commands(String form) throws IOException {
    return resources(form).stream()
        .flatMap(one -> pod(one).stream())
        .flatMap(pod -> pod.getContainers().stream())
        .flatMap(container -> container.getCommand().stream())
        .collect(Collectors.joining("\n"));
  }

  private static Map<String, String> environment(String form, String name) throws IOException {
    return resources(form).stream()
        .filter(one -> one.getMetadata().getName().equals(name))
        .flatMap(one -> pod(one).stream())
        .flatMap(pod -> pod.getContainers().get(0).getEnv().stream())
        .collect(toMap(one -> one.getName(), one -> one.getValue() == null ? "" : one.getValue()));
  }

  private static <T extends HasMetadata> T only(String form, Class<T> kind) throws IOException {
    List<T> all = resources(form).stream().filter(kind::isInstance).map(kind::cast).toList();
    assertEquals(1, all.size(), kind.getSimpleName());
    return all.get(0);
  }

  private static PodTemplateSpec template(String form, String service) throws IOException {
    return resources(form).stream()
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .filter(one -> one.getMetadata().getName().equals(service))
        .map(one -> one.getSpec().getTemplate())
        .findAny()
        .orElseThrow();
  }

  /** Those of its first container, by name. */
  private static Map<String, String> ports(PodTemplateSpec template) {
    return template.getSpec().getContainers().get(0).getPorts().stream()
        .collect(toMap(ContainerPort::getName, port -> port.getContainerPort().toString()));
  }

  private static List<PodSpec> pod(HasMetadata one) {
    if (one instanceof Deployment deployment) {
      return List.of(deployment.getSpec().getTemplate().getSpec());
    }
    if (one instanceof StatefulSet set) {
      return List.of(set.getSpec().getTemplate().getSpec());
    }
    return one instanceof Job job ? List.of(job.getSpec().getTemplate().getSpec()) : List.of();
  }

  private static int replicas(List<HasMetadata> all, Map<String, String> labels) {
    String app = labels.get("app");
    for (HasMetadata one : all) {
      if (one.getMetadata().getName().equals(app) && one instanceof Deployment deployment) {
        return deployment.getSpec().getReplicas();
      }
      if (one.getMetadata().getName().equals(app) && one instanceof StatefulSet set) {
        return set.getSpec().getReplicas();
      }
    }
    return 0;
  }

  /** What kustomize would put together, without what it makes of config's own files. */
  private static List<HasMetadata> resources(String form) throws IOException {
    List<HasMetadata> all = new ArrayList<>();
    read(FOLDER.resolve(form), all);
    return all;
  }

  private static void read(Path folder, List<HasMetadata> all) throws IOException {
    JsonNode kustomization = STRICT.readTree(folder.resolve("kustomization.yaml").toFile());
    if (kustomization.get("resources") == null) {
      assertEquals("config", folder.toRealPath().getFileName().toString());
      assertGeneratesFromWhatIsThere(folder, kustomization);
      return;
    }
    for (JsonNode resource : kustomization.get("resources")) {
      Path path = folder.resolve(resource.asText());
      if (Files.isDirectory(path)) {
        read(path, all);
      } else {
        all.addAll(documents(path));
      }
    }
  }

  private static void assertGeneratesFromWhatIsThere(Path folder, JsonNode kustomization) {
    for (JsonNode generator : kustomization.get("configMapGenerator")) {
      for (String kind : List.of("envs", "files")) {
        generator
            .path(kind)
            .forEach(
                file -> {
                  Path path = folder.resolve(file.asText());
                  assertTrue(Files.isRegularFile(path), path + " is not there");
                });
      }
    }
  }

  private static List<HasMetadata> documents(Path file) throws IOException {
    List<HasMetadata> documents = new ArrayList<>();
    try (var parser = STRICT.getFactory().createParser(file.toFile())) {
      for (JsonNode one : STRICT.readValues(parser, JsonNode.class).readAll()) {
        Class<? extends HasMetadata> kind = KINDS.get(one.get("kind").asText());
        assertNotNull(kind, file + " has a " + one.get("kind"));
        documents.add(STRICT.treeToValue(one, kind));
      }
    }
    return documents;
  }
}
