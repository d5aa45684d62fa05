// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;

/** Queries Kafka by another path than a consumer's. Safe for use by several threads. */
@FunctionalInterface
public interface ClusterProbe extends AutoCloseable {

  /**
   * What is looked at.
   *
   * @param topics all their partitions are looked at, beside {@code partitions}
   */
  record Query(Set<TopicPartition> partitions, Set<String> topics, Optional<String> group) {}

  /** The view never fails: what did not answer in time is absent from it. */
  CompletionStage<ClusterView> view(Query query);

  @Override
  default void close() {}
}
