// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topic as Kafka describes it. A topic that is deleted and created again has another id, which
 * consumers are not told. No id comes twice: what was read between two moments at which the id was
 * the same is of that topic.
 */
final class ArchivedTopic implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Admin admin;
  private final String name;
  private final String id;

  /** Of the topic as it is now. */
  ArchivedTopic(Admin admin, String name) {
    this.admin = admin;
    this.name = name;
    try {
      id = id(describe());
    } catch (RuntimeException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  String id() {
    return id;
  }

  /**
   * All partitions that it has by now.
   *
   * @throws IllegalStateException when the topic is no longer this one
   */
  List<TopicPartition> partitions() {
    TopicDescription now = describe();
    if (!id(now).equals(id)) {
      throw new IllegalStateException(
          "Topic %s was created again: its id was %s and is %s".formatted(name, id, id(now)));
    }
    return now.partitions().stream()
        .map(info -> new TopicPartition(name, info.partition()))
        .toList();
  }

  @Override
  public void close() {
    admin.close(TIMEOUT);
  }

  private TopicDescription describe() {
    try {
      return admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new IllegalStateException("Topic %s does not exist".formatted(name), e.getCause());
      }
      throw new KafkaException("Kafka does not describe " + name, e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static String id(TopicDescription topic) {
    return topic.topicId().toString();
  }
}
