// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Why a partition waits while its loop reads the others. */
public enum StallReason {
  /** The broker that leads the partition does not let this instance fetch. */
  NO_FETCH("cannot be fetched by this instance, though Kafka answers"),
  /** The broker that leads the partition takes no records from this instance. */
  NO_APPEND("cannot be appended to by this instance, though Kafka answers"),
  /** A newer version wrote the next record; this version must not pass over it. */
  UNKNOWN_SCHEMA("waits at a record of a schema that this version does not know: upgrade it");

  private final String text;

  StallReason(String text) {
    this.text = text;
  }

  /** As a metric's tag has it. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A record that is refused before it has a partition stands for any of its topic. */
  private static String name(TopicPartition partition) {
    return partition.partition() < 0 ? partition.topic() : partition.toString();
  }

  /** The partitions by name, and why they wait. */
  String of(Collection<TopicPartition> partitions) {
    return partitions.stream().map(StallReason::name).sorted().collect(Collectors.joining(", "))
        + " "
        + text;
  }
}
