// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.harness.LongForm;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;
import vigie.stack.postgres.CatalogDatabase;
import vigie.stack.process.Http;
import vigie.stack.process.ManagedProcess;

/** What {@code deploy/up --secure} starts does all its work, and refuses everything else. */
@ExtendWith(RunningVigie.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class SecureStackIT {

  private static final String EXERCISE = "secure";

  /** Most attacks wait for an answer, three for a time-out of four seconds. */
  private static final int ATTACKERS = 4;

  private static final Duration TAKEOVER = Duration.ofMinutes(10);

  private final ExecutorService attackers = Executors.newFixedThreadPool(ATTACKERS);
  private final VigieStack vigie;
  private final ExamFlow flow;

  SecureStackIT(VigieStack vigie) {
    this.vigie = vigie;
    this.flow = new ExamFlow(vigie, EXERCISE);
  }

  @AfterAll
  void stop() {
    attackers.shutdownNow();
  }

  /** First: there are tables to attack then. */
  @Test
  @Order(1)
  void resultsAreJudgedArchivedAndCounted(@TempDir Path folder) throws Exception {
    flow.awaitJudgedArchivedAndCounted(folder);
  }

  @TestFactory
  @Order(2)
  List<DynamicTest> everyAttackIsRefused() {
    return Stream.of(
            new KafkaAttacks(vigie).all(),
            new RedisAttacks(vigie).all(),
            new PostgresAttacks(vigie).all(),
            new HdfsAttacks(vigie).all(),
            new HttpAttacks(vigie).all())
        .flatMap(attacks -> attacks)
        .map(attack -> attack.isRefused(attackers))
        .toList();
  }

  /** And no other component notices what it tries. */
  @Test
  @Order(3)
  void whatATakenOverComponentCanStillDoIsListed() throws Exception {
    assertEquals(Takeover.listed(), new Takeover(vigie).possible());
    for (ManagedProcess part : vigie.parts()) {
      assertTrue(part.isReady(), part.name());
    }
  }

  @LongForm
  @Test
  @Order(6)
  void tenMinutesOfTakeoversStopNothing(@TempDir Path folder) throws Exception {
    ExamFlow meanwhile = new ExamFlow(vigie, "meanwhile");
    Instant end = Instant.now().plus(TAKEOVER);
    Future<?> exam =
        attackers.submit(
            () -> {
              meanwhile.awaitJudgedArchivedAndCounted(folder);
              return null;
            });
    while (Instant.now().isBefore(end)) {
      whatATakenOverComponentCanStillDoIsListed();
    }
    exam.get();
  }

  @Test
  @Order(3)
  void noPasswordIsOnACommandLine() throws IOException {
    Set<String> passwords;
    try (Stream<Path> files = Files.walk(keys().getParent(), 2)) {
      passwords =
          files
              .filter(file -> file.getFileName().toString().contains("password"))
              .map(SecureStackIT::read)
              .collect(Collectors.toSet());
    }
    assertFalse(passwords.isEmpty());
    for (ManagedProcess part : vigie.parts()) {
      String line = read(Path.of("/proc/" + part.process().pid() + "/cmdline"));
      assertFalse(line.isEmpty(), part.name());
      passwords.forEach(password -> assertFalse(line.contains(password), part.name()));
    }
  }

  /** Its pages ask for no password. */
  @Test
  @Order(3)
  void noLinkOfSparkEndsAJob() throws Exception {
    String applications = vigie.url(Port.ANALYTICS_UI) + "/api/v1/applications";
    JsonNode first = new ObjectMapper().readTree(Http.get(applications).body()).get(0);
    String settings =
        Http.get(applications + "/" + first.get("id").asText() + "/environment").body();
    assertTrue(
        Pattern.compile("\"spark.ui.killEnabled\"\\s*,\\s*\"false\"").matcher(settings).find(),
        settings);
  }

  /** As an operator does both. */
  @Test
  @Order(4)
  void eachOffsetIsArchivedOnce() throws Exception {
    Path auditor = keys().resolve("kafka-auditor.properties");
    Map<String, String> audit =
        new HashMap<>(vigie.postgres().catalog().environment("VIGIE_ARCHIVE_CATALOG"));
    audit.put("KAFKA_BOOTSTRAP_SERVERS", URI.create(vigie.url(Port.KAFKA)).getAuthority());
    audit.put("VIGIE_AUDIT_KAFKA_SETTINGS", auditor.toString());
    audit.put("VIGIE_ARCHIVE_WAREHOUSE", vigie.warehouse());
    assertEquals(0, run(audit, "../audit"));
  }

  @LongForm
  @Test
  @Order(5)
  void aStudentIsForgottenAndEachOffsetIsStillArchivedOnce() throws Exception {
    RecordedExam exam = flow.exam();
    String student = exam.results().get(0).studentId();
    CatalogDatabase catalog = vigie.postgres().catalog();
    Map<String, String> forget = new HashMap<>(catalog.environment("VIGIE_ANALYTICS_CATALOG"));
    forget.put("HADOOP_USER_NAME", "analytics");
    forget.put("VIGIE_ANALYTICS_WAREHOUSE", vigie.warehouse());
    forget.put("VIGIE_ANALYTICS_CHECKPOINT", vigie.hdfs().url() + "/vigie/checkpoints/analytics");
    forget.put("VIGIE_ANALYTICS_JDBC_URL", vigie.postgres().jdbcUrl());
    forget.put("VIGIE_ANALYTICS_DB_USER", vigie.postgres().writer().name());
    forget.put("VIGIE_ANALYTICS_DB_PASSWORD", vigie.postgres().writer().password());
    assertEquals(0, run(forget, "../forget", student));
    RecordedExam rest =
        new RecordedExam(
            exam.results().stream().filter(result -> !result.studentId().equals(student)).toList());
    new Dashboard(vigie).awaitFigures(EXERCISE, rest.figures(ExamFlow.PASS));
    eachOffsetIsArchivedOnce();
  }

  private static int run(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(environment);
    // It lives for seconds: the second compiler costs more than it gives.
    builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    return builder.start().waitFor();
  }

  /** Beside the passwords that the stack has made, in the folder of its data. */
  private Path keys() {
    return vigie.issuer().jwks().getParent();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
