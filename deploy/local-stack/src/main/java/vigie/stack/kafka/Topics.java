// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
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
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.WorkingCopy;

/** The topics of {@code config/topics.yaml}. */
public record Topics(List<Topic> topics) {

  /** A record's time is when the broker got it: what the auditor's hours are made of. */
  private static final String APPEND_TIME = "LogAppendTime";

  private static final String COMPACT = TopicConfig.CLEANUP_POLICY_COMPACT;

  private static final long LOOK_MILLIS = 100;

  /**
   * One topic.
   *
   * @param retention empty: the newest record of each key is kept for ever
   */
  public record Topic(
      String name, String key, int partitions, int replication, Optional<Duration> retention) {

    public NewTopic on(int brokers) {
      Map<String, String> settings = new HashMap<>();
      settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, APPEND_TIME);
      retention.ifPresentOrElse(
          kept -> settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(kept.toMillis())),
          () -> settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, COMPACT));
      return new NewTopic(name, partitions, (short) Math.min(replication, brokers))
          .configs(settings);
    }
  }

  public static Topics read() {
    Path file = WorkingCopy.config("topics.yaml");
    try (InputStream in = Files.newInputStream(file)) {
      Map<String, List<Map<String, Object>>> document =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      return new Topics(document.get("topics").stream().map(Topics::topic).toList());
    } catch (IOException | RuntimeException e) {
      throw new StackException("The topics cannot be read from " + file + ": " + e.getMessage(), e);
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
      throw new StackException("kafka does not create the topics: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("kafka was creating topics when the start was given up", e);
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
    return partitions(admin)
        .map(
            all ->
                all.values().stream()
                    .allMatch(one -> hasLeader(one) && one.isr().size() == one.replicas().size()))
        .orElse(false);
  }

  private static boolean hasLeader(TopicPartitionInfo partition) {
    return partition.leader() != null;
  }

  /** All of them; nothing when the broker that was asked has just begun and lacks a topic. */
  private Optional<Map<TopicPartition, TopicPartitionInfo>> partitions(Admin admin)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, TopicPartitionInfo> partitions = new HashMap<>();
    try {
      for (TopicDescription topic :
          admin
              .describeTopics(topics.stream().map(Topic::name).toList())
              .allTopicNames()
              .get()
              .values()) {
        for (TopicPartitionInfo partition : topic.partitions()) {
          partitions.put(new TopicPartition(topic.name(), partition.partition()), partition);
        }
      }
      return Optional.of(partitions);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * A broker tells of a new partition a moment before it can write to it. A producer that sends
   * within that moment may get its second batch accepted before its first, which is then refused
   * until it expires (KAFKA-15591). Offsets are only told by a partition that can be written to.
   */
  private void awaitLeaders(Admin admin) throws ExecutionException, InterruptedException {
    while (!canBeWrittenTo(admin)) {
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private boolean canBeWrittenTo(Admin admin) throws ExecutionException, InterruptedException {
    Map<TopicPartition, TopicPartitionInfo> known = partitions(admin).orElse(Map.of());
    if (known.isEmpty() || !known.values().stream().allMatch(Topics::hasLeader)) {
      return false;
    }
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    known.keySet().forEach(one -> latest.put(one, OffsetSpec.latest()));
    try {
      return admin.listOffsets(latest).all().get().size() == known.size();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  private static Topic topic(Map<String, Object> entry) {
    return new Topic(
        (String) entry.get("name"),
        (String) entry.get("key"),
        (Integer) entry.get("partitions"),
        (Integer) entry.get("replication"),
        Optional.of((String) entry.get("retention"))
            .filter(retention -> !retention.equals(COMPACT))
            .map(Duration::parse));
  }
}
