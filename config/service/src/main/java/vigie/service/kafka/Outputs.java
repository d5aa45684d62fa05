// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The topics to which a loop writes what it reads.
 *
 * @param appends tracks what the loop sends there
 */
public record Outputs(Set<String> topics, AppendMonitor appends) {

  /** Of a loop that only reads. */
  public static final Outputs NONE = new Outputs(Set.of(), new AppendMonitor(() -> 0));

  Map<TopicPartition, AppendMonitor.Failure> failing(long start) {
    return appends.failing(topics, start);
  }

  boolean include(TopicPartition partition) {
    return topics.contains(partition.topic());
  }
}
