// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import vigie.issuer.Role;
import vigie.patrol.PatrolUnit;
import vigie.stack.Access;
import vigie.stack.Options;
import vigie.stack.Part;
import vigie.stack.Port;
import vigie.stack.VigieStack;

/** What {@code deploy/up --secure} starts: it does all its work, and nobody does anything else. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class SecureStackIT {

  private static final double PASS = 40;
  private static final String EXERCISE = "secure";
  private static final Duration THROUGH_ALL_PARTS = Duration.ofMinutes(2);

  private final RecordedExam exam = RecordedExam.of(2028, 40, EXERCISE);
  private Path folder;
  private VigieStack vigie;

  @BeforeAll
  void start() throws IOException {
    folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "secure-");
    vigie =
        VigieStack.startNew(
            Options.forTest(folder)
                .withAnalyticsInterval(RunningVigie.ANALYTICS_INTERVAL)
                .withAccess(Access.TOKENS)
                .secured());
  }

  @AfterAll
  void stop() {
    if (vigie != null) {
      vigie.close();
    }
  }

  /** First: there are tables to attack then. */
  @Test
  @Order(1)
  void resultsAreJudgedArchivedAndCounted() throws Exception {
    new Thresholds(vigie).put(EXERCISE, PASS);
    try (PatrolUnit unit = patrolUnit();
        Archive archive = new Archive(vigie.warehouse())) {
      Replay.of(exam.writeTo(folder.resolve("exam.ndjson")), vigie, 100).awaitAllAcknowledged();
      await().atMost(THROUGH_ALL_PARTS).until(() -> alertedTo(unit).equals(exam.idsBelow(PASS)));
      await()
          .atMost(THROUGH_ALL_PARTS)
          .until(() -> new HashSet<>(archive.resultIds(Set.of(EXERCISE))).equals(exam.ids()));
    }
    awaitFigures(exam);
  }

  @TestFactory
  @Order(2)
  Stream<DynamicTest> everyAttackIsRefused() {
    return Stream.of(
            new KafkaAttacks(vigie).all(),
            new RedisAttacks(vigie).all(),
            new PostgresAttacks(vigie).all(),
            new HdfsAttacks(vigie).all(),
            new HttpAttacks(vigie).all())
        .flatMap(attacks -> attacks)
        .map(Attack::isRefused);
  }

  @Test
  @Order(3)
  void noPasswordIsOnACommandLine() throws IOException {
    Set<String> passwords;
    try (Stream<Path> files = Files.walk(folder.resolve("data"), 2)) {
      passwords =
          files
              .filter(file -> file.getFileName().toString().contains("password"))
              .map(SecureStackIT::read)
              .collect(Collectors.toSet());
    }
    assertFalse(passwords.isEmpty());
    for (Part part : vigie.parts()) {
      String line = read(Path.of("/proc/" + part.process().pid() + "/cmdline"));
      assertFalse(line.isEmpty(), part.name());
      passwords.forEach(password -> assertFalse(line.contains(password), part.name()));
    }
  }

  /** As an operator does it. */
  @Test
  @Order(4)
  void aStudentIsForgottenAndEachOffsetIsStillArchivedOnce() throws Exception {
    String student = exam.results().get(0).studentId();
    Map<String, String> forget =
        Map.of(
            "HADOOP_USER_NAME", "analytics",
            "VIGIE_ANALYTICS_WAREHOUSE", vigie.warehouse(),
            "VIGIE_ANALYTICS_CHECKPOINT", vigie.hdfs().url() + "/vigie/checkpoints/analytics",
            "VIGIE_ANALYTICS_JDBC_URL", vigie.postgres().jdbcUrl(),
            "VIGIE_ANALYTICS_DB_USER", vigie.postgres().writer().name(),
            "VIGIE_ANALYTICS_DB_PASSWORD", vigie.postgres().writer().password());
    assertEquals(0, run(forget, "../forget", student));
    awaitFigures(
        new RecordedExam(
            exam.results().stream()
                .filter(result -> !result.studentId().equals(student))
                .toList()));
    Path auditor = folder.resolve("data/keys/kafka-auditor.properties");
    Map<String, String> audit =
        Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", URI.create(vigie.url(Port.KAFKA)).getAuthority(),
            "VIGIE_AUDIT_KAFKA_SETTINGS", auditor.toString(),
            "VIGIE_ARCHIVE_WAREHOUSE", vigie.warehouse());
    assertEquals(0, run(audit, "../audit"));
  }

  private static int run(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(environment);
    return builder.start().waitFor();
  }

  private void awaitFigures(RecordedExam counted) {
    Dashboard dashboard = new Dashboard(vigie);
    await()
        .atMost(THROUGH_ALL_PARTS)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              Map<String, RecordedExam.Figures> all = dashboard.figures(EXERCISE);
              assertEquals(Set.of(EXERCISE), all.keySet());
              RecordedExam.Figures expected = counted.figures(PASS).get(EXERCISE);
              RecordedExam.Figures shown = all.get(EXERCISE);
              assertEquals(expected.n(), shown.n());
              assertEquals(expected.failures(), shown.failures());
            });
  }

  private PatrolUnit patrolUnit() {
    String service = URI.create(vigie.url(Port.ALERT)).getAuthority();
    return new PatrolUnit(
            HttpClient.newHttpClient(),
            List.of(service),
            "unit-secure",
            "",
            () -> Optional.of(vigie.issuer().token(Role.PATROL, "unit-secure")))
        .start();
  }

  private static Set<UUID> alertedTo(PatrolUnit unit) {
    return unit.alerts().values().stream()
        .map(got -> UUID.fromString(got.alert().get("eventId").asText()))
        .collect(Collectors.toSet());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
