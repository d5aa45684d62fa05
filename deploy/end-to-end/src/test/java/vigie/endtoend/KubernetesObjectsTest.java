// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The objects of {@code deploy/kubernetes} fit their classes, each other, and a strict cluster. */
class KubernetesObjectsTest {

  private static final String SINGLE = "single";
  private static final String CLUSTER = "cluster";

  /** Made by hand, see README.md, or by Strimzi. */
  private static final Set<String> SECRETS =
      Set.of(
          "redis",
          "postgresql-analytics",
          "postgresql-catalog",
          "postgresql-dashboard",
          "postgresql-postgres",
          "vigie-cluster-ca-cert");

  /** Also without kubectl: of a patch, the fields that it names. */
  @Test
  void everyDocumentFitsThePublishedClassOfItsKind() throws IOException {
    int objects = 0;
    try (Stream<Path> files = Files.walk(Manifests.FOLDER)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".yaml")).toList()) {
        if (!Set.of("kustomization.yaml", "prometheus-adapter.yaml")
            .contains(file.getFileName().toString())) {
          objects += Manifests.in(file).all().size();
        }
      }
    }
    assertTrue(objects > 80, objects + " objects");
  }

  @Test
  void everyComponentBelongsToAForm() throws IOException {
    String forms =
        Files.readString(Manifests.FOLDER.resolve("single/kustomization.yaml"))
            + Files.readString(Manifests.FOLDER.resolve("cluster/kustomization.yaml"));
    try (Stream<Path> components = Files.list(Manifests.FOLDER.resolve("components"))) {
      components.forEach(
          one -> assertTrue(forms.contains("../components/" + one.getFileName()), one.toString()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SINGLE, CLUSTER})
  void everyNameIsThereOnceAndEveryReferenceLeadsSomewhere(String form) {
    Manifests manifests = Manifests.of(form);
    Set<String> names =
        manifests.all().stream()
            .map(one -> one.getKind() + "/" + one.getMetadata().getName())
            .collect(toSet());
    assertEquals(manifests.all().size(), names.size());

    Set<String> users =
        manifests.each(KafkaUser.class).map(one -> one.getMetadata().getName()).collect(toSet());
    for (Manifests.Pod pod : manifests.pods()) {
      for (EnvVar variable : pod.environment()) {
        EnvVarSource source = variable.getValueFrom();
        if (source != null && source.getSecretKeyRef() != null) {
          String secret = source.getSecretKeyRef().getName();
          assertTrue(SECRETS.contains(secret) || users.contains(secret), secret);
        } else if (source != null && source.getConfigMapKeyRef() != null) {
          var reference = source.getConfigMapKeyRef();
          ConfigMap map = manifests.find(ConfigMap.class, reference.getName()).orElseThrow();
          assertTrue(map.getData().containsKey(reference.getKey()), variable.getName());
        } else if (source == null) {
          assertNotNull(variable.getValue(), variable.getName());
        }
      }
      Set<String> volumes = new TreeSet<>();
      pod.template().getSpec().getVolumes().forEach(one -> volumes.add(one.getName()));
      if (pod.owner() instanceof StatefulSet set) {
        set.getSpec()
            .getVolumeClaimTemplates()
            .forEach(one -> volumes.add(one.getMetadata().getName()));
      }
      Set<String> mounted = new TreeSet<>();
      pod.containers()
          .forEach(one -> one.getVolumeMounts().forEach(mount -> mounted.add(mount.getName())));
      assertEquals(volumes, mounted, pod.name());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SINGLE, CLUSTER})
  void everyServiceFindsPodsAndPorts(String form) {
    Manifests manifests = Manifests.of(form);
    manifests
        .each(Service.class)
        .forEach(
            service -> {
              List<Manifests.Pod> pods =
                  selected(
                      manifests, new LabelSelector(List.of(), service.getSpec().getSelector()));
              assertEquals(1, pods.size(), service.getMetadata().getName());
              service
                  .getSpec()
                  .getPorts()
                  .forEach(
                      port -> {
                        IntOrString target = port.getTargetPort();
                        assertTrue(
                            target == null
                                ? ports(pods.get(0)).containsValue(port.getPort())
                                : ports(pods.get(0)).containsKey(target.getStrVal()),
                            service.getMetadata().getName());
                      });
            });
  }

  /** As the admission of the namespace, "restricted", asks for, and more. */
  @ParameterizedTest
  @ValueSource(strings = {SINGLE, CLUSTER})
  void everyPodHasTheRightsThatItNeedsAndNoMore(String form) {
    for (Manifests.Pod pod : Manifests.of(form).pods()) {
      String name = pod.name();
      PodSecurityContext security = pod.template().getSpec().getSecurityContext();
      assertTrue(security.getRunAsNonRoot(), name);
      assertTrue(security.getRunAsUser() > 0, name);
      assertEquals("RuntimeDefault", security.getSeccompProfile().getType(), name);
      assertFalse(pod.template().getSpec().getAutomountServiceAccountToken(), name);
      assertFalse(pod.template().getSpec().getEnableServiceLinks(), name);
      for (Container container : pod.containers()) {
        var own = container.getSecurityContext();
        assertFalse(own.getAllowPrivilegeEscalation(), container.getName());
        assertTrue(own.getReadOnlyRootFilesystem(), container.getName());
        assertEquals(List.of("ALL"), own.getCapabilities().getDrop(), container.getName());
        assertTrue(
            container.getVolumeMounts().stream().anyMatch(one -> one.getMountPath().equals("/tmp")),
            container.getName());
        var resources = container.getResources();
        assertNotNull(resources.getRequests().get("cpu"), container.getName());
        assertEquals(
            resources.getRequests().get("memory"),
            resources.getLimits().get("memory"),
            container.getName());
      }
    }
  }

  /** Recovery may take its time; only what has started is restarted when it does not answer. */
  @ParameterizedTest
  @ValueSource(strings = {SINGLE, CLUSTER})
  void everyContainerThatLastsHasItsProbes(String form) {
    for (Manifests.Pod pod : Manifests.of(form).pods()) {
      for (Container container : pod.containers()) {
        if (!pod.ends()) {
          var start = container.getStartupProbe();
          assertTrue(start.getPeriodSeconds() * start.getFailureThreshold() >= 300, pod.name());
          assertNotNull(container.getLivenessProbe(), container.getName());
          assertNull(container.getLivenessProbe().getInitialDelaySeconds(), container.getName());
          // A failover controller serves no client.
          assertTrue(
              container.getReadinessProbe() != null || container.getName().equals("failover"),
              container.getName());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SINGLE, CLUSTER})
  void aPodGetsOnlyWhatAPolicyAdmits(String form) {
    Manifests manifests = Manifests.of(form);
    NetworkPolicy none = manifests.find(NetworkPolicy.class, "default-deny").orElseThrow();
    assertEquals(List.of("Ingress", "Egress"), none.getSpec().getPolicyTypes());
    assertTrue(none.getSpec().getIngress().isEmpty() && none.getSpec().getEgress().isEmpty());
    assertTrue(none.getSpec().getPodSelector().getMatchLabels().isEmpty());

    assertAdmitted(manifests, "alert-service", "redis", "redis");
    assertAdmitted(manifests, "alert-service", "redis", "sentinel");
    assertAdmitted(manifests, "redis", "redis", "sentinel");
    for (String client :
        List.of("archive-service", "analytics-job", "audit", "forget", "warehouse")) {
      assertAdmitted(manifests, client, "namenode", "rpc");
      assertAdmitted(manifests, client, "datanode", "data");
    }
    for (String service : ServiceFacts.NAMES) {
      assertAdmitted(manifests, "dashboard-service", service, "management");
      if (!service.equals("dashboard-service")) {
        assertFalse(admits(manifests, "redis", service, "management"), service);
      }
      assertFalse(admits(manifests, service, "ingest-service", "http"), "only the gateway");
    }
    assertFalse(admits(manifests, "ingest-service", "redis", "redis"));
    assertFalse(admits(manifests, "dashboard-service", "namenode", "rpc"));
    if (form.equals(SINGLE)) {
      for (String client :
          List.of("archive-service", "analytics-job", "dashboard-service", "databases")) {
        assertAdmitted(manifests, client, "postgresql", "postgresql");
      }
      assertFalse(admits(manifests, "ingest-service", "postgresql", "postgresql"));
    } else {
      assertAdmitted(manifests, "namenode", "zookeeper", "zookeeper");
      assertAdmitted(manifests, "namenode", "journalnode", "journal");
    }
  }

  /** A list of clients that names a pod which is not there admits it under its old name only. */
  @ParameterizedTest
  @ValueSource(strings = {SINGLE, CLUSTER})
  void everyPolicySelectsPodsAndTheirPorts(String form) {
    Manifests manifests = Manifests.of(form);
    Set<String> known = new TreeSet<>();
    manifests.pods().forEach(one -> known.add(one.labels().get("app")));
    // CloudNativePG needs no Job of that kind.
    known.add("databases");
    manifests
        .each(NetworkPolicy.class)
        .forEach(
            policy -> {
              var spec = policy.getSpec();
              named(spec.getPodSelector()).forEach(app -> assertTrue(known.contains(app), app));
              for (NetworkPolicyIngressRule rule : spec.getIngress()) {
                for (NetworkPolicyPeer peer : rule.getFrom()) {
                  named(peer.getPodSelector()).forEach(app -> assertTrue(known.contains(app), app));
                }
                for (NetworkPolicyPort port : rule.getPorts()) {
                  assertTrue(
                      port.getPort().getStrVal() == null
                          || selected(manifests, spec.getPodSelector()).stream()
                              .allMatch(pod -> ports(pod).containsKey(port.getPort().getStrVal())),
                      policy.getMetadata().getName());
                }
              }
            });
  }

  @Test
  void whatIsScaledByLoadHasNoNumberOfItsOwn() throws IOException {
    Manifests cluster = Manifests.of(CLUSTER);
    int partitions = Facts.topics().get(0).partitions();
    Set<String> scaled = new TreeSet<>();
    cluster
        .each(HorizontalPodAutoscaler.class)
        .forEach(
            one -> {
              String name = one.getSpec().getScaleTargetRef().getName();
              scaled.add(name);
              assertNull(
                  cluster.find(Deployment.class, name).orElseThrow().getSpec().getReplicas(), name);
              assertTrue(
                  one.getSpec().getMetrics().get(0).getType().equals("Resource")
                      || one.getSpec().getMaxReplicas() <= partitions,
                  name);
            });
    assertEquals(Set.of("ingest-service", "alert-service", "archive-service"), scaled);
  }

  @ParameterizedTest
  @ValueSource(strings = {SINGLE, CLUSTER})
  void aBudgetNeverKeepsTheOnlyOne(String form) {
    Manifests manifests = Manifests.of(form);
    Set<String> scaled =
        manifests
            .each(HorizontalPodAutoscaler.class)
            .filter(one -> one.getSpec().getMinReplicas() > 1)
            .map(one -> one.getSpec().getScaleTargetRef().getName())
            .collect(toSet());
    Set<String> many = new TreeSet<>(scaled);
    for (HasMetadata one : manifests.all()) {
      if ((one instanceof Deployment deployment && count(deployment.getSpec().getReplicas()) > 1)
          || (one instanceof StatefulSet set && count(set.getSpec().getReplicas()) > 1)) {
        many.add(one.getMetadata().getName());
      }
    }
    Set<String> kept =
        manifests
            .each(PodDisruptionBudget.class)
            .map(one -> one.getSpec().getSelector().getMatchLabels().get("app"))
            .collect(toSet());
    if (form.equals(SINGLE)) {
      assertEquals(Set.of(), kept, "one machine has to be drained at once");
    } else {
      assertEquals(many, kept);
    }
  }

  @Test
  void prometheusFindsEveryService() {
    Manifests cluster = Manifests.of(CLUSTER);
    PodMonitor monitor = cluster.find(PodMonitor.class, "vigie").orElseThrow();
    List<Manifests.Pod> pods = selected(cluster, monitor.getSpec().getSelector());
    assertEquals(
        Set.copyOf(ServiceFacts.NAMES), pods.stream().map(Manifests.Pod::name).collect(toSet()));
    String port = monitor.getSpec().getPodMetricsEndpoints().get(0).getPort();
    pods.forEach(pod -> assertTrue(ports(pod).containsKey(port), pod.name()));
  }

  private static int count(Integer replicas) {
    return replicas == null ? 1 : replicas;
  }

  private static void assertAdmitted(
      Manifests manifests, String client, String server, String port) {
    assertTrue(
        admits(manifests, client, server, port), client + " may not call " + server + ", " + port);
  }

  /** Whether any policy of the server admits the client, which is in the same namespace. */
  private static boolean admits(Manifests manifests, String client, String server, String port) {
    return manifests
        .each(NetworkPolicy.class)
        .map(NetworkPolicy::getSpec)
        .filter(policy -> policy.getPolicyTypes().contains("Ingress"))
        .filter(policy -> matches(policy.getPodSelector(), manifests.pod(server).labels()))
        .flatMap(policy -> policy.getIngress().stream())
        .filter(
            rule ->
                rule.getPorts().isEmpty()
                    || rule.getPorts().stream()
                        .anyMatch(one -> port.equals(one.getPort().getStrVal())))
        .flatMap(rule -> rule.getFrom().stream())
        .anyMatch(
            peer ->
                peer.getNamespaceSelector() == null
                    && matches(peer.getPodSelector(), manifests.pod(client).labels()));
  }

  private static List<Manifests.Pod> selected(Manifests manifests, LabelSelector selector) {
    return manifests.pods().stream().filter(pod -> matches(selector, pod.labels())).toList();
  }

  private static boolean matches(LabelSelector selector, Map<String, String> labels) {
    return labels.entrySet().containsAll(selector.getMatchLabels().entrySet())
        && selector.getMatchExpressions().stream()
            .allMatch(
                one ->
                    one.getOperator().equals("In")
                        && one.getValues().contains(labels.get(one.getKey())));
  }

  /** The values of the label {@code app} that it names. */
  private static Set<String> named(LabelSelector selector) {
    Set<String> apps = new TreeSet<>();
    if (selector != null) {
      selector.getMatchExpressions().forEach(one -> apps.addAll(one.getValues()));
      if (selector.getMatchLabels().containsKey("app")) {
        apps.add(selector.getMatchLabels().get("app"));
      }
    }
    return apps;
  }

  private static Map<String, Integer> ports(Manifests.Pod pod) {
    return pod.containers().stream()
        .flatMap(one -> one.getPorts().stream())
        .collect(toMap(ContainerPort::getName, ContainerPort::getContainerPort));
  }
}
