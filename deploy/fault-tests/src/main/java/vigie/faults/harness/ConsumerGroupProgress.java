// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.harness;

import static java.util.stream.Collectors.toMap;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import vigie.stack.kafka.KafkaNode;

/** How far a consumer group has come, as Kafka knows it: to ask costs the consumers nothing. */
public final class ConsumerGroupProgress implements AutoCloseable {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  private final Admin admin;

  public ConsumerGroupProgress(KafkaNode kafka) {
    this(kafka.admin());
  }

  /**
   * @param admin closed with this
   */
  public ConsumerGroupProgress(Admin admin) {
    this.admin = admin;
  }

  /** Returns once the group has committed all that the topic holds at that moment. */
  public void awaitEnd(String group, String topic) {
    await("%s has read all of %s".formatted(group, topic))
        .atMost(TIMEOUT)
        .pollInterval(POLL_INTERVAL)
        .until(() -> isAtEnd(group, topic));
  }

  /** Whether the group has committed all that the topic holds now. */
  public boolean isAtEnd(String group, String topic)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    Map<TopicPartition, OffsetSpec> ends =
        admin.describeTopics(Set.of(topic)).allTopicNames().get().get(topic).partitions().stream()
            .collect(
                toMap(
                    one -> new TopicPartition(topic, one.partition()), one -> OffsetSpec.latest()));
    return admin.listOffsets(ends).all().get().entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata reached = committed.get(end.getKey());
              return end.getValue().offset() == (reached == null ? 0 : reached.offset());
            });
  }

  @Override
  public void close() {
    admin.close();
  }
}
