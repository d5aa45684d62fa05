// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import vigie.warehouse.ArchivedOffsets;

/**
 * The partitions that the group gave to this instance. Called from within {@code poll}, so by the
 * table's thread.
 */
final class Assignment implements ConsumerRebalanceListener {

  private static final Logger LOG = Logger.getLogger(Assignment.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Table table;
  private final Consumer<byte[], byte[]> consumer;
  private final OffsetLedger ledger;
  private final TableHealth health;
  private final Runnable commit;

  Assignment(
      Table table,
      Consumer<byte[], byte[]> consumer,
      OffsetLedger ledger,
      TableHealth health,
      Runnable commit) {
    this.table = table;
    this.consumer = consumer;
    this.ledger = ledger;
    this.health = health;
    this.commit = commit;
  }

  /** Reads on where the table ends. The group's own offsets are for people, not for this. */
  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    if (!partitions.isEmpty()) {
      open(partitions);
    }
  }

  /** Goes on with stopped partitions whose gap an operator has accepted, as the table now says. */
  void goOnBehindAcceptedGaps() {
    List<TopicPartition> accepted =
        consumer.paused().stream()
            .filter(
                partition -> {
                  long next = ledger.next(partition.partition());
                  return behindGaps(partition.partition(), next) != next;
                })
            .toList();
    if (!accepted.isEmpty()) {
      consumer.resume(accepted);
      open(accepted);
    }
  }

  private void open(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, TIMEOUT);
    Map<TopicPartition, Long> end = consumer.endOffsets(partitions, TIMEOUT);
    table.refresh();
    for (TopicPartition partition : partitions) {
      int number = partition.partition();
      OptionalLong archived = ArchivedOffsets.nextIn(table.properties(), number);
      long next = behindGaps(number, archived.orElse(first.get(partition)));
      consumer.seek(partition, next);
      ledger.open(number, archived, next);
      if (next < first.get(partition) || next > end.get(partition)) {
        stop(partition, next, first.get(partition), end.get(partition));
      } else {
        health.notStopped(number);
        LOG.infof("%s: reads %s from offset %d", table.name(), partition, next);
      }
    }
    // A partition that is new to the table is entered before its first record is read: from now on
    // the table knows where the log has to begin.
    commit.run();
  }

  private long behindGaps(int partition, long next) {
    return ArchivedOffsets.pastGaps(table.properties(), partition, next);
  }

  /** Others go on where this commit ends; if it is refused, they did already. */
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    commit.run();
    Set<Integer> numbers =
        partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    ledger.close(numbers::contains);
    numbers.forEach(health::notStopped);
  }

  /** The log does not hold the offset that the table needs next: records are missing. */
  void stop(TopicPartition partition) {
    List<TopicPartition> one = List.of(partition);
    stop(
        partition,
        ledger.next(partition.partition()),
        consumer.beginningOffsets(one, TIMEOUT).get(partition),
        consumer.endOffsets(one, TIMEOUT).get(partition));
  }

  private void stop(TopicPartition partition, long next, long first, long end) {
    consumer.pause(List.of(partition));
    String reason =
        "the table needs offset %d next, but the log holds [%d, %d)".formatted(next, first, end);
    health.stopped(partition.partition(), reason);
    LOG.errorf("%s: %s stopped: %s", table.name(), partition, reason);
  }
}
