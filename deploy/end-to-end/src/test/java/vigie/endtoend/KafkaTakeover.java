// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import vigie.stack.VigieStack;
import vigie.stack.workspace.WorkingCopy;

/**
 * What each user of Kafka can do to any topic, group, transactional id and the cluster. What the
 * broker says that it allows counts; the rest is tried.
 */
record KafkaTakeover(VigieStack vigie) {

  private static final String OTHER = "takeover";

  /** Only tell that something is there. */
  private static final Set<AclOperation> HARMLESS =
      EnumSet.of(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS);

  private static final Duration REFUSAL = Duration.ofSeconds(10);

  /** By user. */
  Map<String, Set<String>> possible() throws Exception {
    Set<String> topics;
    Set<String> groups = new TreeSet<>(Set.of(OTHER));
    try (Admin operator = vigie.kafka().admin()) {
      topics = operator.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
      operator.listGroups().all().get().forEach(group -> groups.add(group.groupId()));
    }
    KafkaAttacks clients = new KafkaAttacks(vigie);
    JsonNode rules = acls();
    Map<String, Set<String>> possible = new HashMap<>();
    for (String user : texts(rules, "user")) {
      Found found = new Found(wildcards(rules), new TreeSet<>());
      Map<String, Object> settings = clients.settings(user);
      try (Admin admin = Admin.create(settings)) {
        tryTopics(settings, admin, topics, found);
        tryGroups(admin, groups, found);
        tryCluster(admin, found);
      }
      possible.put(user, found.acts());
    }
    return possible;
  }

  /** Names of instances count as the wildcard of the rules. */
  private record Found(Set<String> wildcards, Set<String> acts) {

    void add(Object operation, String resource) {
      String name =
          wildcards.stream()
              .filter(wildcard -> resource.startsWith(wildcard.substring(0, wildcard.length() - 1)))
              .findFirst()
              .orElse(resource);
      acts.add("Kafka %s %s".formatted(operation, name));
    }

    void add(String resource, Set<AclOperation> allowed) {
      allowed.stream()
          .filter(operation -> !HARMLESS.contains(operation))
          .forEach(operation -> add(operation, resource));
    }

    void unlessRefused(Object operation, String resource, KafkaFuture<?> answer)
        throws InterruptedException {
      try {
        answer.get();
        add(operation, resource);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof AuthorizationException)) {
          throw new AssertionError(operation + " " + resource, e.getCause());
        }
      }
    }
  }

  private static void tryTopics(
      Map<String, Object> settings, Admin admin, Set<String> topics, Found found) throws Exception {
    Map<String, Set<AclOperation>> allowed = new HashMap<>();
    var options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
    for (var answer : admin.describeTopics(topics, options).topicNameValues().entrySet()) {
      allowed.put(
          answer.getKey(),
          allowed(answer.getValue().thenApply(topic -> topic.authorizedOperations())));
      found.add(answer.getKey(), allowed.get(answer.getKey()));
    }
    try (var producer =
            new KafkaProducer<>(
                KafkaAttacks.with(settings, "enable.idempotence", "false"),
                new StringSerializer(),
                new StringSerializer());
        var consumer =
            new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      for (String topic : topics) {
        Set<AclOperation> rights = allowed.get(topic);
        TopicPartition partition = new TopicPartition(topic, 0);
        if (!rights.contains(AclOperation.WRITE)) {
          try {
            producer.send(new ProducerRecord<>(topic, "forged", "forged")).get();
            found.add(AclOperation.WRITE, topic);
          } catch (ExecutionException e) {
            assertRefused("write " + topic, e.getCause());
          }
        }
        if (!rights.contains(AclOperation.READ) && isRead(consumer, partition)) {
          found.add(AclOperation.READ, topic);
        }
        if (!rights.contains(AclOperation.DELETE)) {
          found.unlessRefused("DELETE", topic, admin.deleteTopics(List.of(topic)).all());
          found.unlessRefused(
              "DELETE",
              topic,
              admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(0))).all());
        }
        if (!rights.contains(AclOperation.ALTER)) {
          found.unlessRefused(
              "ALTER",
              topic,
              admin
                  .createPartitions(
                      Map.of(topic, NewPartitions.increaseTo(99)),
                      new CreatePartitionsOptions().validateOnly(true))
                  .all());
        }
        if (!rights.contains(AclOperation.ALTER_CONFIGS)) {
          found.unlessRefused(
              "ALTER_CONFIGS",
              topic,
              set(admin, ConfigResource.Type.TOPIC, topic, "retention.ms", "1"));
        }
      }
    }
    for (String topic : List.of(OTHER, "vigie." + OTHER, "__" + OTHER, "alert-hotspots-" + OTHER)) {
      found.unlessRefused(
          "CREATE",
          topic,
          admin
              .createTopics(
                  List.of(new NewTopic(topic, 1, (short) 1)),
                  new CreateTopicsOptions().validateOnly(true))
              .all());
    }
  }

  private static boolean isRead(KafkaConsumer<String, String> consumer, TopicPartition partition) {
    try {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      consumer.poll(REFUSAL);
      return true;
    } catch (AuthorizationException e) {
      return false;
    }
  }

  /** To read in a group is to join it and to move its offsets. */
  private static void tryGroups(Admin admin, Set<String> groups, Found found) throws Exception {
    var options = new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
    for (String group : groups) {
      Set<AclOperation> rights =
          allowed(
              admin
                  .describeConsumerGroups(List.of(group), options)
                  .describedGroups()
                  .get(group)
                  .thenApply(described -> described.authorizedOperations()));
      found.add(group, rights);
      if (!rights.contains(AclOperation.READ)) {
        found.unlessRefused(
            "READ",
            group,
            admin
                .alterConsumerGroupOffsets(
                    group, Map.of(new TopicPartition("vigie.results", 0), new OffsetAndMetadata(0)))
                .all());
      }
      if (!rights.contains(AclOperation.DELETE)) {
        found.unlessRefused("DELETE", group, admin.deleteConsumerGroups(List.of(group)).all());
      }
    }
  }

  /** None of it changes anything where it is allowed. */
  private static void tryCluster(Admin admin, Found found) throws Exception {
    String cluster = "the cluster";
    var options = new DescribeClusterOptions().includeAuthorizedOperations(true);
    found.add(cluster, allowed(admin.describeCluster(options).authorizedOperations()));
    TopicPartition results = new TopicPartition("vigie.results", 0);
    var everything = new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL);
    var quota = new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, OTHER));
    Map<String, KafkaFuture<?>> acts =
        Map.of(
            "fence producers of",
            admin.fenceProducers(List.of(OTHER, "alert-hotspots-" + OTHER)).all(),
            "give rights in",
            admin
                .createAcls(
                    List.of(
                        new AclBinding(
                            everything,
                            new AccessControlEntry(
                                "User:" + OTHER, "*", AclOperation.ALL, AclPermissionType.ALLOW))))
                .all(),
            "take rights in",
            admin
                .deleteAcls(
                    List.of(
                        new AclBindingFilter(
                            everything.toFilter(),
                            new AccessControlEntryFilter(
                                "User:" + OTHER, null, AclOperation.ANY, AclPermissionType.ANY))))
                .all(),
            "list the rights of",
            admin.describeAcls(AclBindingFilter.ANY).values(),
            "list the users of",
            admin.describeUserScramCredentials().all(),
            "remove users of",
            admin
                .alterUserScramCredentials(
                    List.of(new UserScramCredentialDeletion(OTHER, ScramMechanism.SCRAM_SHA_512)))
                .all(),
            "set quotas of",
            admin
                .alterClientQuotas(
                    List.of(
                        new ClientQuotaAlteration(
                            quota,
                            List.of(new ClientQuotaAlteration.Op("producer_byte_rate", 1e9)))))
                .all(),
            "configure brokers of",
            set(admin, ConfigResource.Type.BROKER, "", "message.max.bytes", "1"),
            "move partitions of",
            admin.alterPartitionReassignments(Map.of(results, Optional.empty())).all(),
            "unregister brokers of",
            admin.unregisterBroker(99).all());
    for (var act : acts.entrySet()) {
      found.unlessRefused(act.getKey(), cluster, act.getValue());
    }
    found.unlessRefused(
        "elect leaders of",
        cluster,
        admin.electLeaders(ElectionType.PREFERRED, Set.of(results)).all());
  }

  private static KafkaFuture<Void> set(
      Admin admin, ConfigResource.Type type, String name, String setting, String value) {
    return admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(type, name),
                List.of(
                    new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))),
            new AlterConfigsOptions().validateOnly(true))
        .all();
  }

  private static Set<AclOperation> allowed(KafkaFuture<Set<AclOperation>> answer) throws Exception {
    try {
      return Optional.ofNullable(answer.get()).orElse(Set.of());
    } catch (ExecutionException e) {
      assertRefused("describe", e.getCause());
      return Set.of();
    }
  }

  private static void assertRefused(String act, Throwable cause) {
    if (!(cause instanceof AuthorizationException)) {
      throw new AssertionError(act, cause);
    }
  }

  private static JsonNode acls() throws IOException {
    return new YAMLMapper().readTree(WorkingCopy.config("kafka/acls.yaml").toFile()).get("acls");
  }

  private static Set<String> texts(JsonNode rules, String name) {
    return new TreeSet<>(rules.findValuesAsText(name));
  }

  /** Of what a user may do more to than see that it is there. */
  private static Set<String> wildcards(JsonNode rules) {
    Set<String> wildcards = new HashSet<>();
    for (JsonNode rule : rules) {
      if (!rule.get("may").toString().equals("[\"DESCRIBE\"]")) {
        for (String names : List.of("topics", "groups")) {
          rule.path(names).forEach(name -> wildcards.add(name.asText()));
        }
      }
    }
    wildcards.removeIf(name -> !name.endsWith("*"));
    return wildcards;
  }
}
