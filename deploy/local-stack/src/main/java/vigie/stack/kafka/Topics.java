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
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
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
      partitions(admin).awaitWritable();
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
    return partitions(admin).areInSync();
  }

  private TopicPartitions partitions(Admin admin) {
    return new TopicPartitions(admin, topics.stream().map(Topic::name).toList());
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
