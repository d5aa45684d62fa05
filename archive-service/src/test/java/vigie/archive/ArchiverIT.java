// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.DateTimeUtil;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.archive.table.ArchiveTable;
import vigie.archive.table.DeadLetterTable;
import vigie.archive.table.EventTable;
import vigie.events.ExerciseResult;
import vigie.warehouse.ArchivedOffsets;
import vigie.warehouse.Completeness;

/** One table's loop against a real Kafka, a real HDFS and a real PostgreSQL. */
class ArchiverIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private static java.nio.file.Path folder;
  private static Systems systems;

  private final TestConfig config =
      new TestConfig(systems.warehouse(), systems.postgres().catalog(), Duration.ofMillis(300));

  @BeforeAll
  static void start() {
    systems = Systems.startIn(folder);
  }

  @AfterAll
  static void stop() {
    systems.close();
  }

  @Test
  void everyFieldOfAnEventIsAColumn() throws Exception {
    EventTable<ExerciseResult> source = systems.newTable("fields", 1);
    send(source, 0, 0, 1000);
    try (RunningLoop running = run(source)) {
      running.awaitArchived(Map.of(0, 1000L));
    }
    Table table = load(source);
    Set<String> appended = new TreeSet<>();
    for (Record row : Rows.of(table)) {
      ExerciseResult event = Events.result((Long) row.getField(ArchivedOffsets.KAFKA_OFFSET));
      assertEquals(event.getId(), row.getField("id"));
      assertEquals(event.getTimestamp().atOffset(ZoneOffset.UTC), row.getField("timestamp"));
      assertEquals(event.getStudentId(), row.getField("studentId"));
      assertEquals(event.getScore(), row.getField("score"));
      appended.add(
          ((OffsetDateTime) row.getField(ArchivedOffsets.APPENDED_AT)).toLocalDate().toString());
    }
    assertEquals(appended, days(table));
  }

  @Test
  void poisonCountsAsCoveredAndIsArchivedAsADeadLetter() throws Exception {
    EventTable<ExerciseResult> source = systems.newTable("poison", 1);
    byte[] poison = "not an event".getBytes(UTF_8);
    send(source, 0, 0, 3);
    try (Producer<byte[], byte[]> producer = systems.producer()) {
      producer.send(new ProducerRecord<>(source.topic(), 0, new byte[] {7}, poison)).get();
    }
    send(source, 0, 4, 6);

    try (RunningLoop running = run(source)) {
      running.awaitArchived(Map.of(0, 6L));
    }
    assertEquals(Map.of(0, List.of(0L, 1L, 2L, 4L, 5L)), Rows.offsets(load(source)));
    ArchiveTable letters = new DeadLetterTable();
    try (RunningLoop running = run(letters)) {
      running.awaitArchived(Map.of(0, 1L));
    }
    Record letter = Rows.of(load(letters)).get(0);
    assertEquals(source.topic(), letter.getField(DeadLetterTable.TOPIC));
    assertEquals(0, letter.getField(DeadLetterTable.PARTITION));
    assertEquals(3L, letter.getField(DeadLetterTable.OFFSET));
    assertEquals(ByteBuffer.wrap(poison), letter.getField(DeadLetterTable.VALUE));
    assertEquals(ByteBuffer.wrap(new byte[] {7}), letter.getField(DeadLetterTable.KEY));
    String reason = (String) letter.getField(DeadLetterTable.REASON);
    assertTrue(reason.contains("12 bytes"), reason);
  }

  @Test
  void aGapInTheLogStopsThePartitionAndNoOtherUntilItIsAccepted() throws Exception {
    EventTable<ExerciseResult> source = systems.newTable("gap", 2);
    send(source, 0, 0, 10);
    send(source, 1, 0, 10);
    try (RunningLoop running = run(source)) {
      running.awaitArchived(Map.of(0, 10L, 1, 10L));
    }
    send(source, 0, 10, 20);
    send(source, 1, 10, 20);
    try (Admin admin = systems.kafka().admin()) {
      TopicPartition first = new TopicPartition(source.topic(), 0);
      admin.deleteRecords(Map.of(first, RecordsToDelete.beforeOffset(15))).all().get();
    }

    try (RunningLoop running = run(source)) {
      running.awaitArchived(Map.of(0, 10L, 1, 20L));
      assertEquals(
          "partition 0 stopped: the table needs offset 10 next, but the log holds [15, 20);"
              + " deploy/audit accept-gap gap 0 gives up what is missing",
          running.loop().health().complaint().orElseThrow());
      Rows.assertExactlyOnce(load(source), Map.of(0, 10L, 1, 20L), "before the gap");

      running.table().updateProperties().set(ArchivedOffsets.gaps(0), "10-15").commit();
      running.awaitArchived(Map.of(0, 20L));
      assertEquals(Optional.empty(), running.loop().health().complaint());
    }
    List<Long> behindTheGap = Rows.offsets(load(source)).get(0);
    assertEquals(
        LongStream.concat(LongStream.range(0, 10), LongStream.range(15, 20)).boxed().toList(),
        behindTheGap);
  }

  /** Idle is not late, stopped is. No snapshot is made of it, which readers would take for news. */
  @Test
  void anIdleTableDeclaresALaterInstantOfEachPartitionButAStoppedOne() throws Exception {
    EventTable<ExerciseResult> source = systems.newTable("declared", 2);
    send(source, 0, 0, 10);
    Instant stopped;
    try (RunningLoop running = run(source)) {
      running.awaitArchived(Map.of(0, 10L));
      Instant first = running.awaitCompleteAfter(0, Instant.MIN);
      running.awaitCompleteAfter(1, Instant.MIN);
      long snapshot = load(source).currentSnapshot().snapshotId();
      stopped = running.awaitCompleteAfter(0, first);
      assertTrue(stopped.isBefore(Instant.now()));
      assertEquals(snapshot, load(source).currentSnapshot().snapshotId());
    }
    send(source, 0, 10, 20);
    try (Admin admin = systems.kafka().admin()) {
      TopicPartition first = new TopicPartition(source.topic(), 0);
      admin.deleteRecords(Map.of(first, RecordsToDelete.beforeOffset(15))).all().get();
    }
    send(source, 1, 0, 10);
    try (RunningLoop running = run(source)) {
      running.awaitArchived(Map.of(1, 10L));
      running.awaitCompleteAfter(1, running.awaitCompleteAfter(1, Instant.now()));
      Completeness least = Completeness.in(load(source).properties()).orElseThrow();
      assertEquals(0, least.partition());
      assertTrue(least.until().isBefore(stopped.plusSeconds(5)), least.toString());
      assertEquals(
          least.toString(), load(source).currentSnapshot().summary().get(Completeness.SUMMARY));
    }
  }

  @Test
  void theTableSaysWhereToReadOnAfterCompactionAndExpiryAndWhateverTheGroupSays() throws Exception {
    EventTable<ExerciseResult> source = systems.newTable("compacted", 1);
    for (long part = 0; part < 3; part++) {
      send(source, 0, part * 10, part * 10 + 10);
      try (RunningLoop running = run(source)) {
        running.awaitArchived(Map.of(0, part * 10 + 10));
      }
    }
    try (Warehouse warehouse = new Warehouse(config)) {
      Maintenance.compact(warehouse.open(source), source);
      Maintenance.expireAllButTheLastSnapshot(warehouse.open(source));
    }
    try (Admin admin = systems.kafka().admin()) {
      admin.deleteConsumerGroups(List.of("archive-compacted")).all().get();
    }
    send(source, 0, 30, 40);

    try (RunningLoop running = run(source)) {
      running.awaitArchived(Map.of(0, 40L));
    }
    Rows.assertExactlyOnce(load(source), Map.of(0, 40L), "after compaction");
  }

  @Test
  void whatHdfsAndKafkaMissWhileTheyAreDownIsArchivedWhenTheyAreBack() throws Exception {
    EventTable<ExerciseResult> source = systems.newTable("outage", 1);
    try (RunningLoop running = run(source)) {
      send(source, 0, 0, 10);
      running.awaitArchived(Map.of(0, 10L));

      systems.hdfs().dataNode().kill();
      send(source, 0, 10, 20);
      running.awaitComplaint();
      systems.hdfs().dataNode().restart();
      running.awaitArchived(Map.of(0, 20L));

      systems.hdfs().nameNode().kill();
      send(source, 0, 20, 30);
      running.awaitComplaint();
      systems.hdfs().nameNode().restart();
      systems.hdfs().awaitReady();
      running.awaitArchived(Map.of(0, 30L));

      systems.kafka().kill();
      running.awaitComplaint();
      systems.kafka().restart();
      send(source, 0, 30, 40);
      running.awaitArchived(Map.of(0, 40L));
      await().atMost(SOON).until(() -> running.loop().health().complaint().isEmpty());
    }
    Rows.assertExactlyOnce(load(source), Map.of(0, 40L), "after the outages");
  }

  /** The quota is a disk that is full for the whole of HDFS. */
  @Test
  void aFullDiskAndTheSafeModeAreSaidAndWaitedFor() throws Exception {
    EventTable<ExerciseResult> source = systems.newTable("full", 1);
    try (RunningLoop running = run(source);
        FileSystem files = FileSystem.newInstance(systems.warehouse(), new Configuration())) {
      DistributedFileSystem hdfs = (DistributedFileSystem) files;
      send(source, 0, 0, 10);
      running.awaitArchived(Map.of(0, 10L));

      Path warehouse = new Path(systems.warehouse());
      hdfs.setQuota(warehouse, HdfsConstants.QUOTA_DONT_SET, 1);
      send(source, 0, 10, 20);
      running.awaitComplaint("DSQuotaExceededException");
      assertEquals(10, running.nextOffset(0));
      hdfs.setQuota(warehouse, HdfsConstants.QUOTA_DONT_SET, HdfsConstants.QUOTA_RESET);
      running.awaitArchived(Map.of(0, 20L));

      hdfs.setSafeMode(SafeModeAction.ENTER);
      send(source, 0, 20, 30);
      running.awaitComplaint("safe mode");
      hdfs.setSafeMode(SafeModeAction.LEAVE);
      running.awaitArchived(Map.of(0, 30L));
      await().atMost(SOON).until(() -> running.loop().health().complaint().isEmpty());
    }
    Rows.assertExactlyOnce(load(source), Map.of(0, 30L), "after the full disk");
  }

  @Test
  void whileTheCatalogIsAwayNothingGrowsAndArchivingGoesOnWhenItIsBack() throws Exception {
    EventTable<ExerciseResult> source = systems.newTable("catalog-away", 1);
    try (RunningLoop running = run(source)) {
      send(source, 0, 0, 10);
      running.awaitArchived(Map.of(0, 10L));

      systems.postgres().stop();
      send(source, 0, 10, 20);
      running.awaitComplaint("The catalog of the archive, in PostgreSQL, does not answer");
      long files = files(source);
      double failures = running.failures();
      await().atMost(SOON).until(() -> running.failures() > failures + 5);
      assertEquals(files, files(source));
      assertTrue(running.unconfirmed() > 1, "the page of an operator");

      systems.postgres().restart();
      running.awaitArchived(Map.of(0, 20L));
      await().atMost(SOON).until(() -> running.loop().health().complaint().isEmpty());
    }
    Rows.assertExactlyOnce(load(source), Map.of(0, 20L), "after the catalog was away");
  }

  /** Each acknowledged commit of the old writer is in what both register. */
  @Test
  void twoFirstStartsRegisterATableOnceWhileAnOldWriterCommits() throws Exception {
    EventTable<ExerciseResult> source = systems.newTable("registered", 1);
    HadoopCatalog old = new HadoopCatalog(new Configuration(), systems.warehouse().toString());
    Table table =
        old.buildTable(source.identifier(), source.columns())
            .withPartitionSpec(source.partitioning())
            .withSortOrder(source.sorting())
            .create();
    AtomicLong acknowledged = new AtomicLong();
    CountDownLatch writes = new CountDownLatch(2);
    Future<?> stopped =
        CompletableFuture.runAsync(
            () -> {
              while (true) {
                long next = acknowledged.get();
                Writing.commit(table, 0, next, next + 1, source).publish();
                acknowledged.incrementAndGet();
                writes.countDown();
              }
            });
    writes.await();
    List<CompletableFuture<String>> starts =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> firstStart(source)))
            .limit(2)
            .toList();
    String registered = starts.get(0).get();
    assertEquals(registered, starts.get(1).get());
    ExecutionException refused = assertThrows(ExecutionException.class, stopped::get);
    assertTrue(refused.getMessage().contains(".metadata.json"), refused.getMessage());
    Rows.assertExactlyOnce(load(source), Map.of(0, acknowledged.get()), registered);

    send(source, 0, 0, acknowledged.get() + 10);
    try (RunningLoop running = run(source)) {
      running.awaitArchived(Map.of(0, acknowledged.get() + 10));
    }
    Rows.assertExactlyOnce(load(source), Map.of(0, acknowledged.get() + 10), "gone on");
  }

  private String firstStart(ArchiveTable source) {
    try (Warehouse warehouse = new Warehouse(config)) {
      return Writing.metadataFile(warehouse.open(source));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long files(ArchiveTable source) throws IOException {
    Path folder = new Path(systems.warehouse() + "/exam/" + source.name());
    try (FileSystem hdfs = FileSystem.newInstance(systems.warehouse(), new Configuration())) {
      return hdfs.getContentSummary(folder).getFileCount();
    }
  }

  private void send(ArchiveTable source, int partition, long from, long to) throws Exception {
    try (Producer<byte[], byte[]> producer = systems.producer()) {
      List<Future<RecordMetadata>> sent =
          LongStream.range(from, to)
              .mapToObj(Events::bytes)
              .map(
                  value ->
                      new ProducerRecord<byte[], byte[]>(source.topic(), partition, null, value))
              .map(producer::send)
              .toList();
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  private static Set<String> days(Table table) throws IOException {
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      Set<String> days = new TreeSet<>();
      tasks.forEach(
          task ->
              days.add(DateTimeUtil.daysToIsoDate(task.file().partition().get(0, Integer.class))));
      return days;
    }
  }

  private Table load(ArchiveTable source) {
    return Rows.load(config, source);
  }

  private RunningLoop run(ArchiveTable source) {
    return new RunningLoop(config, systems.clients(), source);
  }
}
