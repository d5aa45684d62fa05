// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * The partitions that wait while a loop works on the others, by reason. A change is logged. Safe
 * for use by several threads.
 */
public final class StalledPartitions {

  private static final Logger LOG = Logger.getLogger(StalledPartitions.class);

  private final String loop;
  private final Map<StallReason, Set<TopicPartition>> partitions = new ConcurrentSkipListMap<>();

  public StalledPartitions(String loop) {
    this.loop = loop;
  }

  /** These partitions, and no others, wait for this reason. */
  public void report(StallReason reason, Set<TopicPartition> waiting) {
    Set<TopicPartition> now = Set.copyOf(waiting);
    Set<TopicPartition> before = partitions.put(reason, now);
    if (!now.equals(before == null ? Set.of() : before)) {
      LOG.warnf("%s: %s", loop, now.isEmpty() ? reason + " is over" : reason.of(now));
    }
  }

  /** A new session finds out by itself. */
  public void clear() {
    partitions.clear();
  }

  /** How many partitions wait for this reason. */
  public int count(StallReason reason) {
    return partitions.getOrDefault(reason, Set.of()).size();
  }

  /** Which partitions wait, and why; nothing when none does. */
  public Optional<String> reason() {
    return partitions.entrySet().stream()
        .filter(one -> !one.getValue().isEmpty())
        .map(one -> one.getKey().of(one.getValue()))
        .reduce((one, other) -> one + "; " + other);
  }
}
