// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vigie.harness.LongForm;
import vigie.issuer.Role;
import vigie.patrol.PatrolUnit;
import vigie.stack.ports.Port;

/**
 * {@code deploy/compose}, run: our images and compose files in a container engine, on images that
 * stand in for the official ones. Skipped without root or an engine.
 */
@LongForm
class ComposeIT {

  private static final double PASS = 40;
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static ContainerEngine engine;

  @BeforeAll
  static void startEngine() throws IOException {
    Optional<String> obstacle = ContainerEngine.obstacle();
    assumeTrue(obstacle.isEmpty(), obstacle::orElseThrow);
    engine = ContainerEngine.start();
  }

  @AfterAll
  static void endEngine() {
    if (engine != null) {
      engine.close();
    }
  }

  /**
   * Two instances of each service are killed one after the other while results come, then the
   * machine reboots, then all containers are deleted and made anew.
   */
  @ParameterizedTest
  @MethodSource("forms")
  void nothingAcknowledgedIsLostAndFiguresAreExact(String form) throws Exception {
    // Not a @TempDir: logs must outlive a failed run.
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "compose-");
    try (ComposeProject compose = new ComposeProject(engine, folder)) {
      compose.prepare(form);
      scaledUp(compose, "--build");
      compose.awaitHealthy();
      noContainerIsRootOrUnlimited(compose);
      Thresholds thresholds = thresholds(compose);
      assertTrue(thresholds.get("c-arrays").contains("\"threshold\":40"), "not seeded");

      RecordedExam first = RecordedExam.of(28, 600, "compose-first");
      thresholds.put("compose-first", PASS);
      try (PatrolUnit unit = unit(compose)) {
        Replay replay = replay(compose, first, folder.resolve("first.ndjson"));
        for (String service :
            List.of("ingest-service", "alert-service", "archive-service", "spark-worker")) {
          compose.killProcessOf(service);
        }
        replay.awaitAllAcknowledged();
        await()
            .atMost(PATIENCE)
            .until(() -> Patrols.alertedOf(unit, first).equals(first.idsBelow(PASS)));
      }
      awaitExact(compose, "compose-first", first);

      engine.reboot();
      compose.awaitHealthy();
      awaitExact(compose, "compose-first", first);

      compose.down();
      scaledUp(compose);
      compose.awaitHealthy();
      RecordedExam second = RecordedExam.of(29, 100, "compose-second");
      thresholds.put("compose-second", PASS);
      replay(compose, second, folder.resolve("second.ndjson")).awaitAllAcknowledged();
      awaitExact(compose, "compose-second", second);
      awaitExact(compose, "compose-first", first);
      assertTrue(compose.tools("audit").contains("Each offset is archived exactly once"), "audit");
    }
  }

  /** {@code -Dvigie.compose=steady} chooses one. */
  static Stream<String> forms() {
    return Stream.of(System.getProperty("vigie.compose", "kraft-minimal,minimal").split(",", -1));
  }

  private static void scaledUp(ComposeProject compose, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("-d"));
    all.addAll(List.of(arguments));
    for (String service :
        List.of("ingest-service", "alert-service", "archive-service", "spark-worker")) {
      all.addAll(List.of("--scale", service + "=2"));
    }
    compose.up(all.toArray(String[]::new));
  }

  private static void noContainerIsRootOrUnlimited(ComposeProject compose)
      throws IOException, InterruptedException {
    for (JsonNode container : compose.inspect(compose.ids())) {
      String name = container.get("Name").asText();
      String user = container.at("/Config/User").asText();
      assertTrue(!user.isEmpty() && !user.equals("root") && !user.equals("0"), name + " is root");
      assertNotEquals(0, container.at("/HostConfig/Memory").asLong(), name);
      assertEquals("ALL", container.at("/HostConfig/CapDrop/0").asText(), name);
    }
  }

  private static Thresholds thresholds(ComposeProject compose)
      throws IOException, InterruptedException {
    String token = compose.issuer().token(Role.ADMIN, "grace");
    return new Thresholds(URI.create(compose.url(Port.ALERT)), token);
  }

  private static PatrolUnit unit(ComposeProject compose) throws IOException, InterruptedException {
    return Patrols.start(compose.url(Port.ALERT), compose.issuer(), "unit-compose");
  }

  private static Replay replay(ComposeProject compose, RecordedExam exam, Path recording)
      throws IOException, InterruptedException {
    Path keys = compose.issuer().jwks().getParent();
    return Replay.of(exam.writeTo(recording), compose.url(Port.INGEST), keys, 20);
  }

  private static void awaitExact(ComposeProject compose, String exercise, RecordedExam exam)
      throws IOException, InterruptedException {
    String token = compose.issuer().token(Role.STAFF, "ada");
    Dashboard dashboard =
        new Dashboard(URI.create(compose.url(Port.DASHBOARD)), token, HttpClient.newHttpClient());
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> dashboard.assertFigures(exercise, exam.figures(PASS)));
  }
}
