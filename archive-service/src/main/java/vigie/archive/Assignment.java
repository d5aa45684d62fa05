// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import vigie.archive.ArchivedLog.Bounds;
import vigie.archive.table.ArchiveTable;
import vigie.events.UnknownSchemaException;
import vigie.warehouse.ArchivedOffsets;

/**
 * The partitions that the group gave to this instance. Called from within {@code poll}, so by the
 * table's thread.
 */
final class Assignment implements ConsumerRebalanceListener {

  private static final Logger LOG = Logger.getLogger(Assignment.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ArchiveTable source;
  private final Table table;
  private final ArchivedTopic topic;
  private final Consumer<byte[], byte[]> consumer;
  private final OffsetLedger ledger;
  private final RedrivenLetters redriven;
  private final TableHealth health;
  private final Runnable commit;

  /** The partitions that wait for an operator, with what the table said when they stopped. */
  private final Map<TopicPartition, ArchivedLog> stopped = new HashMap<>();

  Assignment(
      ArchiveTable source,
      Table table,
      ArchivedTopic topic,
      Consumer<byte[], byte[]> consumer,
      OffsetLedger ledger,
      RedrivenLetters redriven,
      TableHealth health,
      Runnable commit) {
    this.source = source;
    this.table = table;
    this.topic = topic;
    this.consumer = consumer;
    this.ledger = ledger;
    this.redriven = redriven;
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

  /** Goes on with stopped partitions for which the table, as it is now, says something else. */
  void resumeAccepted() {
    List<TopicPartition> accepted =
        stopped.entrySet().stream()
            .filter(entry -> !archived(entry.getKey()).equals(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (!accepted.isEmpty()) {
      consumer.resume(accepted);
      open(accepted);
    }
  }

  /**
   * Nothing of the partition is read from this record on, which only a newer version can read. It
   * is no dead letter; the next instance that the partition is given to tries it again.
   */
  void awaitUpgrade(ConsumerRecord<byte[], byte[]> record, UnknownSchemaException e) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    consumer.seek(partition, record.offset());
    consumer.pause(List.of(partition));
    String reason =
        "waits at offset %d: %s; upgrade archive-service"
            .formatted(record.offset(), e.getMessage());
    health.stopped(record.partition(), reason);
    LOG.errorf("%s: %s stopped: %s", table.name(), partition, reason);
  }

  /** The log does not hold what this consumer has to read next, or no longer what it has read. */
  void reopen(OffsetOutOfRangeException e) {
    table.refresh();
    if (e instanceof LogTruncationException truncated) {
      for (TopicPartition partition : truncated.partitions()) {
        OffsetAndMetadata parted = truncated.divergentOffsets().get(partition);
        setBehind(partition, parted == null ? 0 : parted.offset());
      }
    }
    open(e.partitions());
  }

  private void open(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, TIMEOUT);
    Map<TopicPartition, Long> end = consumer.endOffsets(partitions, TIMEOUT);
    // These are the bounds of this topic's logs, not of those of one that has taken its name.
    topic.partitions();
    table.refresh();
    for (TopicPartition partition : partitions) {
      open(partition, new Bounds(first.get(partition), end.get(partition)));
    }
    // Gaps that were accepted are passed over at once.
    commit.run();
  }

  private void open(TopicPartition partition, Bounds bounds) {
    ArchivedLog log = archived(partition);
    if (log.isOf(topic.id()) && log.isAhead(bounds) && log.behind().isEmpty()) {
      setBehind(partition, bounds.end());
      log = archived(partition);
    }
    int number = partition.partition();
    Optional<String> obstacle = log.obstacle(topic.id(), bounds, source.name(), number);
    if (obstacle.isPresent()) {
      stop(partition, log, obstacle.get());
    } else {
      stopped.remove(partition);
      health.notStopped(number);
      ledger.open(number, log);
      consumer.seek(partition, position(log));
      LOG.infof("%s: reads %s from offset %d", table.name(), partition, log.next());
    }
  }

  /**
   * With the epoch of the leader that appended what is archived: Kafka then tells a log that lost
   * those records, and has others in their place, from the one that was read.
   */
  private static OffsetAndMetadata position(ArchivedLog log) {
    Optional<Integer> leaderEpoch =
        log.leaderEpoch().isPresent()
            ? Optional.of(log.leaderEpoch().getAsInt())
            : Optional.empty();
    return new OffsetAndMetadata(log.next(), leaderEpoch, "");
  }

  private ArchivedLog archived(TopicPartition partition) {
    return ArchivedLog.in(table.properties(), partition.partition());
  }

  /** In the table, where it stays: by the next start the log may have grown. */
  private void setBehind(TopicPartition partition, long parted) {
    table
        .updateProperties()
        .set(ArchivedOffsets.logBehind(partition.partition()), Long.toString(parted))
        .commit();
  }

  /** Others go on where this commit ends; if it is refused, they did already. */
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    commit.run();
    Set<Integer> numbers =
        partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    ledger.close(numbers::contains);
    redriven.close(numbers::contains);
    stopped.keySet().removeAll(partitions);
    numbers.forEach(health::notStopped);
  }

  private void stop(TopicPartition partition, ArchivedLog log, String reason) {
    int number = partition.partition();
    // A poll needs a position of each partition, also of one that is not fetched.
    consumer.seek(partition, log.next());
    consumer.pause(List.of(partition));
    ledger.stop(number, log);
    stopped.put(partition, log);
    health.stopped(number, reason);
    LOG.errorf("%s: %s stopped: %s", table.name(), partition, reason);
  }
}
