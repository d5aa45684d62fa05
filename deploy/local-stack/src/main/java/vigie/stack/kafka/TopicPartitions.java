// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** All partitions of some topics, as the cluster describes them. */
record TopicPartitions(Admin admin, List<String> topics) {

  private static final long POLL_INTERVAL_MILLIS = 100;

  /**
   * Waits until each partition can be written to. A broker tells of a new partition a moment before
   * it hosts it. A producer that sends within that moment may get its second batch appended before
   * its first, which is then refused as out of order until it expires (KAFKA-15591). A partition
   * answers with its end offset only once it is hosted.
   */
  void awaitWritable() throws ExecutionException, InterruptedException {
    while (!areWritable()) {
      Thread.sleep(POLL_INTERVAL_MILLIS);
    }
  }

  /** Waits until the broker that is asked has forgotten one of the topics. */
  void awaitDeleted() throws ExecutionException, InterruptedException {
    while (!describe().isEmpty()) {
      Thread.sleep(POLL_INTERVAL_MILLIS);
    }
  }

  /** Whether every copy of every partition is there and up to date. */
  boolean areInSync() throws ExecutionException, InterruptedException {
    Map<TopicPartition, TopicPartitionInfo> described = describe();
    return !described.isEmpty()
        && described.values().stream()
            .allMatch(one -> hasLeader(one) && one.isr().size() == one.replicas().size());
  }

  private boolean areWritable() throws ExecutionException, InterruptedException {
    Map<TopicPartition, TopicPartitionInfo> described = describe();
    if (described.isEmpty() || !described.values().stream().allMatch(TopicPartitions::hasLeader)) {
      return false;
    }
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    described.keySet().forEach(one -> latest.put(one, OffsetSpec.latest()));
    try {
      return admin.listOffsets(latest).all().get().size() == described.size();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  /** Empty when the broker that was asked has just begun and lacks a topic. */
  private Map<TopicPartition, TopicPartitionInfo> describe()
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, TopicPartitionInfo> described = new HashMap<>();
    try {
      for (TopicDescription topic : admin.describeTopics(topics).allTopicNames().get().values()) {
        for (TopicPartitionInfo partition : topic.partitions()) {
          described.put(new TopicPartition(topic.name(), partition.partition()), partition);
        }
      }
      return described;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Map.of();
      }
      throw e;
    }
  }

  private static boolean hasLeader(TopicPartitionInfo partition) {
    return partition.leader() != null;
  }
}
