// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import vigie.archive.OffsetLedger.Advance;
import vigie.archive.table.ArchiveTable;
import vigie.events.UndecodableEventException;
import vigie.events.UnknownSchemaException;
import vigie.service.kafka.SupervisedLoop;

/**
 * Takes one topic to its table, from opening both to the first failure. After a failure the outcome
 * of the last commit may be unknown, so nothing of this object is used again: the next one asks the
 * table. Used by one thread.
 */
final class Archiver implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Archiver.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long LONGEST_POLL_MILLIS = 200;

  private final ArchiveTable source;
  private final Duration interval;
  private final TableHealth health;
  private final ArchiveMetrics metrics;

  private final OffsetLedger ledger = new OffsetLedger();
  private final BrokerClock clock = new BrokerClock(InstantSource.system());
  private final Table table;
  private final TableWriter writer;
  private final ArchivedTopic topic;
  private final Consumer<byte[], byte[]> consumer;
  private final DeadLetters deadLetters;
  private final RedrivenLetters redriven;
  private final Assignment assignment;

  Archiver(
      ArchiveTable source,
      Warehouse warehouse,
      KafkaClients kafka,
      Duration interval,
      TableHealth health,
      ArchiveMetrics metrics)
      throws IOException {
    this.source = source;
    this.interval = interval;
    this.health = health;
    this.metrics = metrics;
    table = warehouse.open(source);
    writer = new TableWriter(table, source);
    topic = new ArchivedTopic(kafka.admin(source), source.topic());
    consumer = kafka.consumer(source);
    deadLetters = new DeadLetters(kafka::producer);
    redriven = new RedrivenLetters(table);
    assignment =
        new Assignment(source, table, topic, consumer, ledger, redriven, health, this::commit);
  }

  /** Ends when told to, with everything read so far committed, or by an exception. */
  void run(SupervisedLoop loop) {
    TopicAdoption.adopt(table, topic.id(), probe());
    health.opened();
    consumer.subscribe(List.of(source.topic()), assignment);
    long due = System.nanoTime() + interval.toNanos();
    while (loop.goesOn()) {
      long left = Duration.ofNanos(due - System.nanoTime()).toMillis();
      read(Duration.ofMillis(Math.max(0, Math.min(left, LONGEST_POLL_MILLIS))));
      if (System.nanoTime() >= due) {
        int partitions = probe().size();
        commit();
        if (source.isOfFigures()) {
          new CompletenessDeclaration(topic.id(), partitions, ledger.all(), interval)
              .declare(table);
        }
        assignment.resumeAccepted();
        health.committed();
        loop.ready();
        due = System.nanoTime() + interval.toNanos();
      }
    }
    commit();
  }

  /** What is not committed is given up first: leaving the group must not commit it. */
  @Override
  public void close() {
    ledger.close(partition -> true);
    writer.abandon();
    try (topic;
        deadLetters) {
      consumer.close(CloseOptions.timeout(TIMEOUT));
    }
  }

  private void read(Duration timeout) {
    ConsumerRecords<byte[], byte[]> records;
    try {
      records = consumer.poll(timeout);
    } catch (OffsetOutOfRangeException e) {
      assignment.reopen(e);
      return;
    }
    clock.received(records);
    for (TopicPartition partition : records.partitions()) {
      archive(records.records(partition));
    }
  }

  /** In their order, up to the first that only a newer version can read. */
  private void archive(List<ConsumerRecord<byte[], byte[]>> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        archive(record);
      } catch (UnknownSchemaException e) {
        assignment.awaitUpgrade(record, e);
        return;
      }
      if (writer.isFull()) {
        commit();
      }
    }
  }

  private void archive(ConsumerRecord<byte[], byte[]> record) throws UnknownSchemaException {
    int epoch = ledger.epoch(record.partition());
    try {
      if (redriven.isRepeated(record)) {
        deadLetters.sendRepetition(record, epoch);
      } else {
        writer.write(record, epoch);
      }
    } catch (UnknownSchemaException e) {
      throw e;
    } catch (UndecodableEventException e) {
      deadLetters.send(record, epoch, e.getMessage());
      metrics.deadLetter();
    }
    ledger.cover(
        record.partition(),
        record.offset(),
        leaderEpoch(record),
        Instant.ofEpochMilli(record.timestamp()));
  }

  private void commit() {
    Map<Integer, Advance> steps = ledger.steps();
    if (steps.isEmpty()) {
      return;
    }
    CompletedFiles files = writer.complete();
    deadLetters.awaitAcknowledged();
    // All that the files hold was read before, so it is of this topic, if this one is there still.
    topic.partitions();
    metrics.committing(
        files.rows(), () -> new Commit(table, files, Optional.of(topic.id()), steps).publish());
    ledger.committed();
    LOG.debugf("%s: committed %d rows, %s", table.name(), files.rows(), steps);
    tellGroup(steps);
  }

  /** For those who watch the group's lag. Nothing reads it, so a failure changes nothing. */
  private void tellGroup(Map<Integer, Advance> steps) {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        steps.entrySet().stream()
            .collect(
                Collectors.toMap(
                    step -> new TopicPartition(source.topic(), step.getKey()),
                    step -> new OffsetAndMetadata(step.getValue().to())));
    consumer.commitAsync(
        offsets, (told, e) -> LOG.debugf(e, "%s: the group was told %s", table.name(), told));
  }

  /**
   * Fails when Kafka or the table cannot be reached, also while there is nothing to archive, and
   * when the topic is no longer the one that this object reads.
   *
   * @return the end of each partition's log
   */
  private Map<TopicPartition, Long> probe() {
    table.refresh();
    Instant asked = clock.now();
    Map<TopicPartition, Long> ends = consumer.endOffsets(topic.partitions(), TIMEOUT);
    clock.sawEnds(ends);
    for (TopicPartition partition : consumer.assignment()) {
      boolean isRead = !consumer.paused().contains(partition);
      if (isRead && ledger.next(partition.partition()) >= ends.get(partition)) {
        ledger.reachedEnd(partition.partition(), asked);
      }
    }
    metrics.lag(
        consumer.assignment().stream()
            .mapToLong(partition -> ends.get(partition) - ledger.next(partition.partition()))
            .map(lag -> Math.max(0, lag))
            .sum());
    return ends;
  }

  private static OptionalInt leaderEpoch(ConsumerRecord<byte[], byte[]> record) {
    return record.leaderEpoch().map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }
}
