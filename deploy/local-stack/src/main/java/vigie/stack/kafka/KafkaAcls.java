// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.WorkingCopy;

/** What {@code config/kafka/acls.yaml} allows each user. */
record KafkaAcls(Set<AclBinding> all) {

  private static final String PRINCIPAL = "User:";
  private static final String ANYWHERE = "*";

  static KafkaAcls read() {
    Path file = WorkingCopy.config("kafka/acls.yaml");
    try (InputStream in = Files.newInputStream(file)) {
      Map<String, List<Map<String, Object>>> document =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      return new KafkaAcls(
          document.get("acls").stream().flatMap(KafkaAcls::rule).collect(Collectors.toSet()));
    } catch (IOException | RuntimeException e) {
      throw new StackException("The ACLs cannot be read from " + file + ": " + e.getMessage(), e);
    }
  }

  Set<String> users() {
    return all.stream()
        .map(acl -> acl.entry().principal().substring(PRINCIPAL.length()))
        .collect(Collectors.toSet());
  }

  /** The topics that are named for this user. */
  Set<String> topicsOf(String user) {
    return all.stream()
        .filter(acl -> acl.entry().principal().equals(PRINCIPAL + user))
        .map(AclBinding::pattern)
        .filter(
            one ->
                one.resourceType() == ResourceType.TOPIC
                    && one.patternType() == PatternType.LITERAL)
        .map(ResourcePattern::name)
        .collect(Collectors.toSet());
  }

  /** Leaves those of the file, and no other. */
  void set(Admin admin) throws ExecutionException, InterruptedException {
    Collection<AclBinding> present = admin.describeAcls(AclBindingFilter.ANY).values().get();
    Set<AclBinding> missing = new HashSet<>(all);
    missing.removeAll(present);
    admin.createAcls(missing).all().get();
    List<AclBindingFilter> others =
        present.stream().filter(acl -> !all.contains(acl)).map(AclBinding::toFilter).toList();
    admin.deleteAcls(others).all().get();
  }

  private static Stream<AclBinding> rule(Map<String, Object> rule) {
    return Stream.concat(
        bindings(rule, "topics", ResourceType.TOPIC), bindings(rule, "groups", ResourceType.GROUP));
  }

  private static Stream<AclBinding> bindings(
      Map<String, Object> rule, String resources, ResourceType type) {
    return names(rule, resources).stream()
        .flatMap(
            name ->
                names(rule, "may").stream()
                    .map(
                        operation ->
                            new AclBinding(
                                pattern(type, name), entry((String) rule.get("user"), operation))));
  }

  private static ResourcePattern pattern(ResourceType type, String name) {
    return name.endsWith(ANYWHERE)
        ? new ResourcePattern(
            type, name.substring(0, name.length() - ANYWHERE.length()), PatternType.PREFIXED)
        : new ResourcePattern(type, name, PatternType.LITERAL);
  }

  private static AccessControlEntry entry(String user, String operation) {
    return new AccessControlEntry(
        PRINCIPAL + user, "*", AclOperation.valueOf(operation), AclPermissionType.ALLOW);
  }

  @SuppressWarnings("unchecked")
  private static List<String> names(Map<String, Object> rule, String key) {
    return (List<String>) rule.getOrDefault(key, List.of());
  }
}
