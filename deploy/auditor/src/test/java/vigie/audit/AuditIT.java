// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import vigie.events.ActivityType;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;
import vigie.events.UserActivity;
import vigie.restore.Restore;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.postgres.CatalogDatabase;
import vigie.stack.postgres.PostgresServer;
import vigie.stack.process.ServiceProcess;
import vigie.stack.workspace.StackFolder;
import vigie.warehouse.ArchiveCatalog;
import vigie.warehouse.CatalogAddress;

/** The command on what a running archive-service writes, and on damage that is done to it. */
class AuditIT {

  private static final Duration SOON = Duration.ofSeconds(90);
  private static final EventCodec<ExerciseResult> CODEC = EventCodec.of(ExerciseResult.class);

  /** Where the columns are in what the auditor prints. */
  private static final int PARTITION = 1;

  private static final int ROWS = 4;

  private static final String COUNT =
      """
      SELECT kafkaPartition, count(*) AS n, count(DISTINCT kafkaOffset) AS offsets,
        count(DISTINCT id) AS ids
      FROM read_parquet('%s/exam/results/data/**/*.parquet') GROUP BY kafkaPartition
      """;

  @TempDir static Path folder;
  private static KafkaNode kafka;
  private static PostgresServer postgres;
  private static URI warehouse;
  private static ServiceProcess archive;

  private record Answer(int code, String text) {}

  @BeforeAll
  static void start() {
    kafka = KafkaNode.startIn(folder);
    postgres = PostgresServer.startIn(folder.resolve("postgresql"));
    warehouse = folder.resolve("warehouse").toUri();
    Ports ports = Ports.ephemeral();
    Map<String, String> environment =
        new HashMap<>(postgres.catalog().environment("VIGIE_ARCHIVE_CATALOG"));
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    environment.put("VIGIE_ARCHIVE_WAREHOUSE", warehouse.toString());
    environment.put("VIGIE_ARCHIVE_COMMIT_INTERVAL", "200ms");
    archive = ServiceProcess.quarkus(Port.ARCHIVE, ports, new StackFolder(folder), environment);
    archive.start();
    archive.awaitReady();
  }

  @AfterAll
  static void stop() {
    archive.kill();
    kafka.kill();
    postgres.kill();
  }

  @Test
  void theArchiveIsProvenWhileItIsWrittenAndDamageIsFound() throws Exception {
    send(0, 2_000, "not an event".getBytes(UTF_8));
    awaitExact("2,002 rows, 2 dead letters.");
    anotherReaderCountsTheSame();

    Answer hour = audit("--hour", "2026-01-01T09");
    assertEquals(0, hour.code(), hour.text());
    assertTrue(hour.text().contains("before 2026-01-01T10:00:00Z is among them"), hour.text());
    Answer now = audit("--hour", Instant.now().toString().substring(0, 13));
    assertEquals(1, now.code(), now.text());
    assertTrue(now.text().contains("the hour is not over"), now.text());

    damageIsFound();
    aLossIsAGapUntilItIsAccepted();
    aTopicThatIsCreatedAgainIsAnotherUntilItIsAccepted();
    aDeadLetterIsSentAgainAndARowOnceHoweverOftenItIsSent();
    theTablesGoBackToAHadoopCatalogOnOrder();
  }

  /**
   * DuckDB knows nothing of Iceberg and shares no code with what wrote the files. While nothing is
   * under way and before anything was lost or rewritten, the files of a table are its rows.
   */
  private static void anotherReaderCountsTheSame() throws SQLException {
    Map<String, String> counted = new TreeMap<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet row = statement.executeQuery(COUNT.formatted(warehouse.getPath()))) {
      while (row.next()) {
        counted.put(row.getString("kafkaPartition"), row.getString("n"));
        assertEquals(row.getLong("n"), row.getLong("offsets"));
        assertEquals(row.getLong("n"), row.getLong("ids"));
      }
    }
    Map<String, String> audited = new TreeMap<>();
    audit()
        .text()
        .lines()
        .map(line -> line.split(" +", -1))
        .filter(cells -> cells[0].equals("results"))
        .forEach(cells -> audited.put(cells[PARTITION], cells[ROWS]));
    assertEquals(6, audited.size());
    assertEquals(audited, counted);
  }

  private static void damageIsFound() throws Exception {
    DataFile file = anyFile(results());
    results().newDelete().deleteFile(file).commit();
    assertWrong("gap: nothing accounts for [");
    results().newAppend().appendFile(file).commit();
    awaitExact("2,002 rows, 2 dead letters.");
    results().newAppend().appendFile(file).commit();
    assertWrong("overlap: more than one row for [");
    results().newDelete().deleteFile(file).commit();
    results().newAppend().appendFile(file).commit();
    awaitExact("2,002 rows, 2 dead letters.");
  }

  private static void aLossIsAGapUntilItIsAccepted() throws Exception {
    assertEquals(2, audit("accept-gap", "results", "0").code());
    archive.stop();
    aCatalogThatIsLostIsRestored();
    send(2_000, 2_100);
    try (Admin admin = kafka.admin()) {
      TopicPartition partition = new TopicPartition("vigie.results", 0);
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(-1L))).all().get();
    }
    assertWrong("gap: Kafka lost [");
    Answer accepted = audit("accept-gap", "results", "0");
    assertEquals(0, accepted.code(), accepted.text());
    archive.start();
    archive.awaitReady();
    awaitExact("that were given up");
  }

  /** It has more records than the one before when archive-service starts again. */
  private static void aTopicThatIsCreatedAgainIsAnotherUntilItIsAccepted() throws Exception {
    assertEquals(2, audit("accept-topic", "activity").code());
    assertEquals(2, audit("accept-log", "activity", "0").code());
    sendActivity(0, 600);
    await().atMost(SOON).until(() -> activities() == 600);
    archive.stop();
    kafka.createTopicAgain("vigie.activity", 6);
    sendActivity(600, 1_800);
    assertWrong("another topic: the table archives that of id ");
    archive.start();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              IOException unready = assertThrows(IOException.class, archive::isReady);
              String text = String.valueOf(unready.getMessage());
              assertTrue(text.contains("deploy/audit accept-topic activity begins"), text);
            });
    assertWrong("the partition waits for accept-topic");
    assertEquals(600, activities());

    Answer accepted = audit("accept-topic", "activity");
    assertEquals(0, accepted.code(), accepted.text());
    await()
        .atMost(SOON)
        .until(
            () -> {
              Answer answer = audit();
              assertEquals(0, answer.code(), answer.text());
              return activities() == 1_800;
            });
    String text = audit().text();
    assertTrue(text.contains(" 0@0 "), text);
    archive.awaitReady();
  }

  private static long activities() {
    Table table = table(ArchivedTopic.ACTIVITY);
    return table.currentSnapshot() == null ? 0 : rowsOf(table);
  }

  private static void sendActivity(long from, long to) throws Exception {
    EventCodec<UserActivity> codec = EventCodec.of(UserActivity.class);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (long number = from; number < to; number++) {
      Instant time = Instant.parse("2026-06-15T09:30:00Z").plusMillis(number);
      UserActivity activity =
          UserActivity.newBuilder()
              .setId(new UUID(8, number))
              .setTimestamp(time)
              .setReceivedAt(time)
              .setStudentId("student-" + number % 97)
              .setType(ActivityType.DWELL)
              .setPage("/exercises/c-pointers")
              .setDurationMillis(42_000L)
              .build();
      records.add(
          new ProducerRecord<>("vigie.activity", (int) (number % 6), null, codec.encode(activity)));
    }
    sendRecords(records);
  }

  /** Versions that did not wait for a newer schema made such letters of its events. */
  private static void aDeadLetterIsSentAgainAndARowOnceHoweverOftenItIsSent() throws Exception {
    long rows = rowsOf(results());
    letter(900_001, result(77_777));
    letter(900_002, "not an event".getBytes(UTF_8));
    await().atMost(SOON).until(() -> redrive().text().matches("(?s).*vigie.results +4 +0 +1 +3.*"));
    assertEquals(rows, rowsOf(results()), "shown and not sent");

    // As an interrupted run, whose records come after those of the next one, would.
    Answer sent = redrive("--send");
    assertEquals(0, sent.code(), sent.text());
    sendAgain(900_001, result(77_777));
    sendAgain(900_001, result(77_777));
    Answer nothing = redrive("--send");
    assertTrue(nothing.text().contains("0 sent again"), nothing.text());
    archive.stop();
    archive.start();
    archive.awaitReady();
    sendAgain(900_001, result(77_777));
    awaitExact("5 dead letters");
    assertEquals(rows + 1, rowsOf(results()));
    // Letters are rows only after a commit of their own topic.
    await().atMost(SOON).until(() -> redrive().text().matches("(?s).*vigie.results +7 +1 +0 +6.*"));
    assertTrue(redrive().text().contains("this dead letter was sent again before"));
  }

  /** Without the headers that came later. */
  private static void letter(long offset, byte[] value) throws Exception {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>("vigie.dead-letters", new byte[] {7}, value);
    letter.headers().add("topic", "vigie.results".getBytes(UTF_8));
    letter.headers().add("partition", "0".getBytes(UTF_8));
    letter.headers().add("offset", Long.toString(offset).getBytes(UTF_8));
    letter.headers().add("reason", "of a version of before".getBytes(UTF_8));
    sendRecords(List.of(letter));
  }

  private static void sendAgain(long offset, byte[] value) throws Exception {
    ProducerRecord<byte[], byte[]> again =
        new ProducerRecord<>("vigie.results", 0, new byte[] {7}, value);
    again.headers().add("redriven", ("0:" + offset).getBytes(UTF_8));
    sendRecords(List.of(again));
  }

  private static void sendRecords(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      records.forEach(each -> sent.add(producer.send(each)));
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  /** The rest of the test goes on with what was restored. */
  private static void aCatalogThatIsLostIsRestored() throws Exception {
    CatalogDatabase database = postgres.catalog();
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE iceberg_tables");
    }
    Answer lost = audit();
    assertEquals(2, lost.code(), lost.text());
    assertTrue(lost.text().contains("deploy/restore catalog"), lost.text());

    Answer restored = restore("catalog");
    assertEquals(0, restored.code(), restored.text());
    assertTrue(restored.text().contains("exam.results: restored to "), restored.text());
    assertTrue(restored.text().contains("2000 rows"), restored.text());
    awaitExact("2,002 rows, 2 dead letters.");
    Answer again = restore("catalog", "results");
    assertTrue(again.text().contains("exam.results: the catalog points to "), again.text());
  }

  private static void theTablesGoBackToAHadoopCatalogOnOrder() {
    archive.stop();
    long rows = rowsOf(results());
    Answer exported = restore("hadoop-catalog");
    assertEquals(0, exported.code(), exported.text());
    HadoopCatalog old = new HadoopCatalog(new Configuration(), warehouse.toString());
    for (ArchivedTopic archived : ArchivedTopic.values()) {
      assertTrue(old.tableExists(archived.identifier()), archived.table());
    }
    assertEquals(rows, rowsOf(old.loadTable(ArchivedTopic.RESULTS.identifier())));
    assertEquals(2, audit().code(), "what registers them again is archive-service");
  }

  private static long rowsOf(Table table) {
    return Long.parseLong(
        table.currentSnapshot().summary().get(SnapshotSummary.TOTAL_RECORDS_PROP));
  }

  /** At each moment until then the archive is exact, too. */
  private static void awaitExact(String text) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              Answer answer = audit();
              assertEquals(0, answer.code(), answer.text());
              return answer.text().contains(text);
            });
  }

  private static void assertWrong(String text) {
    Answer answer = audit();
    assertEquals(1, answer.code(), answer.text());
    assertTrue(answer.text().contains(text), answer.text());
  }

  private static Answer audit(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--kafka", kafka.bootstrapServers()));
    return answer(Audit::commandLine, all);
  }

  private static Answer redrive(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--kafka", kafka.bootstrapServers()));
    return answer(Redrive::commandLine, all);
  }

  private static Answer restore(String... arguments) {
    return answer(Restore::commandLine, List.of(arguments));
  }

  private static Answer answer(Function<PrintStream, CommandLine> command, List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--warehouse", warehouse.toString()));
    all.addAll(postgres.catalog().arguments());
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int code =
        command
            .apply(new PrintStream(printed, true, UTF_8))
            .setErr(new PrintWriter(printed, true, UTF_8))
            .execute(all.toArray(String[]::new));
    return new Answer(code, printed.toString(UTF_8));
  }

  private static Table results() {
    return table(ArchivedTopic.RESULTS);
  }

  private static Table table(ArchivedTopic archived) {
    CatalogDatabase database = postgres.catalog();
    try (ArchiveCatalog catalog =
        ArchiveCatalog.open(
            new Configuration(),
            warehouse,
            new CatalogAddress(database.url(), database.user(), database.password()))) {
      return catalog.loadTable(archived.identifier());
    }
  }

  private static DataFile anyFile(Table table) throws Exception {
    try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
      return files.iterator().next().file().copy();
    }
  }

  /** The results of these numbers, and the poison at both ends. */
  private static void send(long from, long to, byte[]... poison) throws Exception {
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (byte[] each : poison) {
        sent.add(producer.send(new ProducerRecord<>("vigie.results", 0, null, each)));
        sent.add(producer.send(new ProducerRecord<>("vigie.results", 5, null, each)));
      }
      for (long number = from; number < to; number++) {
        sent.add(
            producer.send(
                new ProducerRecord<>("vigie.results", (int) (number % 6), null, result(number))));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  private static byte[] result(long number) {
    Instant time = Instant.parse("2026-06-15T09:30:00Z").plusMillis(number);
    return CODEC.encode(
        ExerciseResult.newBuilder()
            .setId(new UUID(7, number))
            .setTimestamp(time)
            .setReceivedAt(time)
            .setStudentId("student-" + number % 97)
            .setLatitude(48.85)
            .setLongitude(2.35)
            .setExerciseId("exercise")
            .setScore(50)
            .build());
  }
}
