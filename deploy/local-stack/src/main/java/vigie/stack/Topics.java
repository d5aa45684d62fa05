// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The topics of {@code config/topics.yaml}. */
record Topics(List<Topic> topics) {

  /** A record's time is when the broker got it: what the auditor's hours are made of. */
  private static final String APPEND_TIME = "LogAppendTime";

  private static final long LOOK_MILLIS = 100;

  record Topic(String name, String key, int partitions, int replication, Duration retention) {

    NewTopic on(int brokers) {
      return new NewTopic(name, partitions, (short) Math.min(replication, brokers))
          .configs(
              Map.of(
                  TopicConfig.RETENTION_MS_CONFIG,
                  Long.toString(retention.toMillis()),
                  TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                  APPEND_TIME));
    }
  }

  static Topics read() {
    Path file = Repository.config("topics.yaml");
    try (InputStream in = Files.newInputStream(file)) {
      Map<String, List<Map<String, Object>>> document =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      return new Topics(document.get("topics").stream().map(Topics::topic).toList());
    } catch (IOException | RuntimeException e) {
      throw new PartFailure("The topics cannot be read from " + file + ": " + e.getMessage(), e);
    }
  }

  /** Creates what is missing and waits until all can be written to; safe to repeat. */
  void createMissing(Admin admin) {
    try {
      int brokers = admin.describeCluster().nodes().get().size();
      List<NewTopic> all = topics.stream().map(topic -> topic.on(brokers)).toList();
      for (KafkaFuture<Void> created : admin.createTopics(all).values().values()) {
        awaitCreated(created);
      }
      awaitLeaders(admin);
    } catch (ExecutionException e) {
      throw new PartFailure("kafka does not create the topics: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartFailure("kafka was creating topics when the start was given up", e);
    }
  }

  private static void awaitCreated(KafkaFuture<Void> created)
      throws ExecutionException, InterruptedException {
    try {
      created.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  /** Whether every copy of every partition of these topics is there and up to date. */
  boolean areInSync(Admin admin) throws ExecutionException, InterruptedException {
    return all(admin, one -> one.leader() != null && one.isr().size() == one.replicas().size());
  }

  private boolean all(Admin admin, Predicate<TopicPartitionInfo> state)
      throws ExecutionException, InterruptedException {
    try {
      return describe(admin).stream()
          .map(TopicDescription::partitions)
          .flatMap(List::stream)
          .allMatch(state);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        // The broker that was asked has just begun, and has not been told of the topics.
        return false;
      }
      throw e;
    }
  }

  private Collection<TopicDescription> describe(Admin admin)
      throws ExecutionException, InterruptedException {
    List<String> names = topics.stream().map(Topic::name).toList();
    return admin.describeTopics(names).allTopicNames().get().values();
  }

  /**
   * A broker tells of a new partition a moment before it can write to it. A producer that sends
   * within that moment may get its second batch accepted before its first, which is then refused
   * until it expires (KAFKA-15591). Offsets are only told by a partition that can be written to.
   */
  private void awaitLeaders(Admin admin) throws ExecutionException, InterruptedException {
    while (!all(admin, one -> one.leader() != null)) {
      Thread.sleep(LOOK_MILLIS);
    }
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (TopicDescription topic : describe(admin)) {
      for (TopicPartitionInfo partition : topic.partitions()) {
        partitions.put(
            new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
      }
    }
    admin.listOffsets(partitions).all().get();
  }

  private static Topic topic(Map<String, Object> entry) {
    return new Topic(
        (String) entry.get("name"),
        (String) entry.get("key"),
        (Integer) entry.get("partitions"),
        (Integer) entry.get("replication"),
        Duration.parse((String) entry.get("retention")));
  }
}
