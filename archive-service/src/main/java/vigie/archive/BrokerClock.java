// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * The brokers' time, from below, without a request: Kafka answers with its time only to a producer.
 *
 * <p>A record behind an end of its log that this instance has seen was appended after that. So the
 * time from its append, by the broker's clock, to its receipt, by the local one, is by how much the
 * local clock is ahead, and at most one commit interval more. A record that waited in the log
 * before tells nothing. Until the first record the local clock counts as it is; after a step of it
 * the next record corrects the difference. Used by one thread.
 */
final class BrokerClock {

  private final InstantSource local;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private Duration ahead = Duration.ZERO;

  /** The least since the ends were seen. */
  private Optional<Duration> measured = Optional.empty();

  BrokerClock(InstantSource local) {
    this.local = local;
  }

  /** Not after the time of any broker, given that the local clock did not step. */
  Instant now() {
    return local.instant().minus(ahead);
  }

  void received(ConsumerRecords<byte[], byte[]> records) {
    Instant now = local.instant();
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> own = records.records(partition);
      ConsumerRecord<byte[], byte[]> last = own.get(own.size() - 1);
      if (last.offset() >= ends.getOrDefault(partition, Long.MAX_VALUE)) {
        Duration since = Duration.between(Instant.ofEpochMilli(last.timestamp()), now);
        measured = Optional.of(measured.filter(least -> least.compareTo(since) < 0).orElse(since));
      }
    }
  }

  void sawEnds(Map<TopicPartition, Long> offsets) {
    ahead = measured.orElse(ahead);
    measured = Optional.empty();
    ends.clear();
    ends.putAll(offsets);
  }
}
