// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/** An exam is closed while laptops send, as an operator does it. */
@ExtendWith(RunningVigie.class)
class ExamEndIT {

  private static final double PASS = 40;
  private static final String EXERCISE = "end-pointers";
  private static final Duration SOON = Duration.ofMinutes(1);

  private final VigieStack vigie;
  private final Dashboard dashboard;
  @TempDir private Path folder;

  ExamEndIT(VigieStack vigie) {
    this.vigie = vigie;
    this.dashboard = new Dashboard(vigie);
  }

  @Test
  void aClosedExamIsProvenSignedAndCountedAndTheNextOneBeginsAtZero() throws Exception {
    new Thresholds(vigie).put(EXERCISE, PASS);
    RecordedExam sent = RecordedExam.of(2029, 600, EXERCISE);
    // For 75 s, within which the command closes ingest-service on a busy machine too.
    Replay laptops = Replay.of(sent.writeTo(folder.resolve("sent.ndjson")), vigie, 8);
    await().atMost(SOON).until(() -> laptops.receipts().count() > 20);

    assertEquals(0, run("../close-exam", "spring"));

    assertTrue(laptops.isSending(), "laptops must keep what is refused");
    dashboard.awaitFigures("end-", Map.of());
    RecordedExam taken = archived(sent);
    assertTrue(taken.ids().containsAll(laptops.acknowledged()));
    assertReported(taken);

    assertEquals(0, run("../open-exam"));
    laptops.awaitAllAcknowledged();
    dashboard.awaitFigures("end-", without(sent, taken).figures(PASS));
    assertEquals(sent.ids(), archived(sent).ids());
    assertEquals(1, run("../close-exam", "spring"), "an exam of this name ended before");
  }

  /** What fails here must not refuse the laptops of other tests. */
  @AfterEach
  void open() throws IOException {
    Files.deleteIfExists(closedFile());
  }

  private Path closedFile() {
    return vigie.issuer().jwks().getParent().resolveSibling("exam-closed");
  }

  /** Those that the archive holds, read without any of Vigie's code. */
  private RecordedExam archived(RecordedExam sent) throws Exception {
    try (Archive archive = new Archive(vigie)) {
      Set<UUID> ids = new HashSet<>(archive.resultIds(Set.of(EXERCISE)));
      return new RecordedExam(
          sent.results().stream().filter(result -> ids.contains(result.storedId())).toList());
    }
  }

  private static RecordedExam without(RecordedExam all, RecordedExam some) {
    Set<UUID> ids = some.ids();
    return new RecordedExam(
        all.results().stream().filter(result -> !ids.contains(result.storedId())).toList());
  }

  private void assertReported(RecordedExam taken) throws Exception {
    RecordedExam.Figures figures = taken.figures(PASS).get(EXERCISE);
    Path spring = folder.resolve("exams/spring");
    String report = Files.readString(spring.resolve("report.txt"));
    String line =
        String.format(
            Locale.ROOT,
            "%s %d %.6f %d",
            EXERCISE,
            figures.n(),
            figures.mean(),
            figures.failures());
    assertTrue(report.lines().anyMatch(line::equals), () -> line + " is not in\n" + report);
    assertTrue(report.contains("Each offset is archived exactly once"), report);
    String start = "\"%s\",%d,".formatted(EXERCISE, figures.n());
    assertTrue(
        Files.readAllLines(spring.resolve("exercises.csv")).stream()
            .anyMatch(row -> row.startsWith(start)),
        start);
    assertTrue(isSigned(spring, report));
    assertFalse(isSigned(spring, report.replace(line, line + "0")), "a forged report");
  }

  private static boolean isSigned(Path exam, String report) throws Exception {
    String pem =
        Files.readAllLines(exam.resolve("key.pem")).stream()
            .filter(line -> !line.startsWith("-----"))
            .collect(Collectors.joining());
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initVerify(
        KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(pem))));
    signature.update(report.getBytes(StandardCharsets.UTF_8));
    return signature.verify(Files.readAllBytes(exam.resolve("report.txt.sig")));
  }

  private int run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    Map<String, String> environment = new HashMap<>();
    environment.putAll(vigie.postgres().catalog().environment("VIGIE_ARCHIVE_CATALOG"));
    Path keys = vigie.issuer().jwks().getParent();
    environment.put("KAFKA_BOOTSTRAP_SERVERS", URI.create(vigie.url(Port.KAFKA)).getAuthority());
    environment.put(
        "VIGIE_AUDIT_KAFKA_SETTINGS", keys.resolve("kafka-auditor.properties").toString());
    environment.put("VIGIE_ARCHIVE_WAREHOUSE", vigie.warehouse());
    environment.put("VIGIE_ANALYTICS_JDBC_URL", vigie.postgres().jdbcUrl());
    environment.put("VIGIE_ANALYTICS_DB_USER", vigie.postgres().writer().name());
    environment.put("VIGIE_ANALYTICS_DB_PASSWORD", vigie.postgres().writer().password());
    environment.put("VIGIE_INGEST_EXAM_CLOSED_FILE", closedFile().toString());
    environment.put(
        "VIGIE_EXAM_INGEST_SERVICES", vigie.url(Port.INGEST_MANAGEMENT) + "/q/health/ready");
    environment.put("VIGIE_EXAM_REPORTS", folder.resolve("exams").toString());
    environment.put("VIGIE_EXAM_KEY", folder.resolve("report-key.pem").toString());
    builder.environment().putAll(environment);
    // It lives for seconds: the second compiler costs more than it gives.
    builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    return builder.start().waitFor();
  }
}
