// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The objects of a form of {@code deploy/kubernetes}, as kubectl would send them, each read into
 * the published class of its kind.
 *
 * @param unmodelled those of operators that publish no classes
 */
record Manifests(List<HasMetadata> all, List<JsonNode> unmodelled) {

  static final Path FOLDER = Facts.ROOT.resolve("deploy/kubernetes");

  /** What fits into no class, or is deprecated in it, is a mistake. */
  private static final YAMLMapper STRICT =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES)
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated one) {
                  return false;
                }

                /** What Strimzi's v1 no longer has, is deprecated in the class of all versions. */
                @Override
                public boolean hasIgnoreMarker(AnnotatedMember member) {
                  return super.hasIgnoreMarker(member) || member.hasAnnotation(Deprecated.class);
                }
              })
          .build();

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.ofEntries(
          Map.entry("v1 ConfigMap", ConfigMap.class),
          Map.entry("v1 Namespace", Namespace.class),
          Map.entry("v1 PersistentVolumeClaim", PersistentVolumeClaim.class),
          Map.entry("v1 Service", Service.class),
          Map.entry("apps/v1 Deployment", Deployment.class),
          Map.entry("apps/v1 StatefulSet", StatefulSet.class),
          Map.entry("batch/v1 CronJob", CronJob.class),
          Map.entry("batch/v1 Job", Job.class),
          Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("networking.k8s.io/v1 Ingress", Ingress.class),
          Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
          Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          Map.entry("gateway.networking.k8s.io/v1 Gateway", Gateway.class),
          Map.entry("gateway.networking.k8s.io/v1 HTTPRoute", HTTPRoute.class),
          Map.entry("monitoring.coreos.com/v1 PodMonitor", PodMonitor.class),
          Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
          Map.entry("kafka.strimzi.io/v1 Kafka", Kafka.class),
          Map.entry("kafka.strimzi.io/v1 KafkaNodePool", KafkaNodePool.class),
          Map.entry("kafka.strimzi.io/v1 KafkaTopic", KafkaTopic.class),
          Map.entry("kafka.strimzi.io/v1 KafkaUser", KafkaUser.class));

  private static final List<String> UNMODELLED =
      List.of("postgresql.cnpg.io/v1 Cluster", "postgresql.cnpg.io/v1 Database");

  private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

  /**
   * A pod that one of the objects makes.
   *
   * @param ends whether it ends once its work is done
   */
  record Pod(HasMetadata owner, PodTemplateSpec template, boolean ends) {

    String name() {
      return owner.getMetadata().getName();
    }

    Map<String, String> labels() {
      return template.getMetadata().getLabels();
    }

    List<Container> containers() {
      return template.getSpec().getContainers();
    }

    List<EnvVar> environment() {
      return containers().stream().flatMap(one -> one.getEnv().stream()).toList();
    }
  }

  /** As kubectl puts it together; its test is skipped where there is no kubectl. */
  static Manifests of(String form) {
    assumeTrue(Programs.isOnPath("kubectl"), "there is no kubectl");
    return RENDERED.computeIfAbsent(form, Manifests::render);
  }

  /** The documents of one file. */
  static Manifests in(Path file) throws IOException {
    try (var parser = STRICT.getFactory().createParser(file.toFile())) {
      return read(file.toString(), STRICT.readValues(parser, JsonNode.class).readAll());
    }
  }

  private static Manifests render(String form) {
    try {
      Process kubectl =
          new ProcessBuilder("kubectl", "kustomize", FOLDER.resolve(form).toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String yaml = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, kubectl.waitFor(), form + " cannot be built");
      try (var parser = STRICT.getFactory().createParser(yaml)) {
        return read(form, STRICT.readValues(parser, JsonNode.class).readAll());
      }
    } catch (IOException e) {
      throw new AssertionError(form + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static Manifests read(String source, List<JsonNode> documents) throws IOException {
    List<HasMetadata> all = new ArrayList<>();
    List<JsonNode> unmodelled = new ArrayList<>();
    for (JsonNode one : documents) {
      String kind = one.path("apiVersion").asText() + " " + one.path("kind").asText();
      if (KINDS.containsKey(kind)) {
        all.add(STRICT.treeToValue(one, KINDS.get(kind)));
      } else if (UNMODELLED.contains(kind)) {
        unmodelled.add(one);
      } else {
        throw new AssertionError(source + " has a " + kind);
      }
    }
    return new Manifests(all, unmodelled);
  }

  <T extends HasMetadata> Stream<T> each(Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast);
  }

  <T extends HasMetadata> T only(Class<T> kind) {
    List<T> found = each(kind).toList();
    assertEquals(1, found.size(), kind.getSimpleName());
    return found.get(0);
  }

  <T extends HasMetadata> Optional<T> find(Class<T> kind, String name) {
    return each(kind).filter(one -> one.getMetadata().getName().equals(name)).findAny();
  }

  List<Pod> pods() {
    return all.stream().flatMap(Manifests::pods).toList();
  }

  private static Stream<Pod> pods(HasMetadata one) {
    if (one instanceof Deployment deployment) {
      return Stream.of(new Pod(one, deployment.getSpec().getTemplate(), false));
    }
    if (one instanceof StatefulSet set) {
      return Stream.of(new Pod(one, set.getSpec().getTemplate(), false));
    }
    if (one instanceof Job job) {
      return Stream.of(new Pod(one, job.getSpec().getTemplate(), true));
    }
    if (one instanceof CronJob job) {
      return Stream.of(new Pod(one, job.getSpec().getJobTemplate().getSpec().getTemplate(), true));
    }
    return Stream.of();
  }

  Pod pod(String name) {
    return pods().stream().filter(one -> one.name().equals(name)).findAny().orElseThrow();
  }
}
