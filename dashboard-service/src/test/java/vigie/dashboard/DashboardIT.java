// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The pages, the pipeline, and what follows when another part is away. */
class DashboardIT extends DashboardFixture {

  @Test
  void itHealsWhenPostgresComesBack() throws Exception {
    stack.publish();
    try (LivePage page = stack.openPage()) {
      page.awaits(event -> event.startsWith("publication"));
      stack.postgres().kill();
      page.awaits(event -> event.startsWith("outage"));
      await().atMost(20, SECONDS).until(() -> !stack.isReady());
      HttpResponse<String> refusal = stack.get(RATES, JSON);
      assertEquals(503, refusal.statusCode());
      assertEquals("figures-unreachable", new JsonPath(refusal.body()).getString("code"));
      page.forgets();

      stack.postgres().restart();
      page.awaits(event -> event.startsWith("publication"));
      await().atMost(20, SECONDS).until(stack::isReady);
      long batch = stack.publish();
      page.awaits(event -> event.equals("publication {\"batchId\":\"%d\"}".formatted(batch)));
      assertEquals(200, status(RATES));
    }
  }

  @Test
  void aFrozenPostgresIsNoticedAndItsReturnToo() throws Exception {
    stack.publish();
    try (LivePage page = stack.openPage()) {
      page.awaits(event -> event.startsWith("publication"));
      stack.signalPostgres("STOP");
      try {
        page.awaits(event -> event.startsWith("outage"));
        page.forgets();
      } finally {
        stack.signalPostgres("CONT");
      }
      page.awaits(event -> event.startsWith("publication"));
      await().atMost(20, SECONDS).until(() -> status(RATES) == 200);
    }
  }

  @Test
  void thePipelineTellsTheAgeOfTheFigures() throws Exception {
    stack.publish();
    JsonPath pipeline = json("/v1/pipeline");
    Duration age = Duration.ofMillis(pipeline.getLong("ageMillis"));
    Instant asOf = Instant.parse(pipeline.getString("asOf"));
    Duration since = Duration.between(asOf.plus(age), Instant.now());
    assertTrue(since.abs().compareTo(Duration.ofSeconds(10)) < 0, since::toString);
    assertEquals("exam.alerts, partition 2", pipeline.getString("heldBackBy"));
    assertEquals(180_000, pipeline.getLong("staleAfterMillis"));
    assertNull(pipeline.getString("kafkaProblem"));
  }

  @Test
  void thePipelineTellsHowTopicsGrowAndWhichPartsAreAway() throws Exception {
    String topic = "topics.find { it.topic == 'vigie.alerts' }";
    stack.raise(alert(UUID.randomUUID()));
    long before = json("/v1/pipeline").getLong(topic + ".records");
    for (int i = 0; i < 20; i++) {
      stack.raise(alert(UUID.randomUUID()));
    }
    await()
        .atMost(20, SECONDS)
        .until(
            () -> {
              JsonPath pipeline = json("/v1/pipeline");
              return pipeline.getLong(topic + ".records") == before + 20
                  && pipeline.getDouble(topic + ".perSecond") > 0;
            });
    assertEquals(
        List.of("ingest-service", "alert-service", "archive-service", "analytics-job"),
        json("/v1/pipeline").getList("parts.name"));
    assertEquals(UNREACHABLE, new HashSet<>(json("/v1/pipeline").getList("parts.state")));
  }

  @Test
  void everyPageMayTalkToAlertServiceAndToNobodyElse() throws Exception {
    String alertService = json("/v1/neighbours").getString("alertService");
    String allowed =
        "connect-src 'self' http://%1$s https://%1$s ws://%1$s wss://%1$s;".formatted(alertService);
    for (String path :
        List.of("/", "/exercises/c%2B%2B", "/pipeline", "/thresholds", "/patrol?unit=unit-1")) {
      HttpResponse<String> page = stack.get(path, "text/html");
      assertEquals(200, page.statusCode(), path);
      String policy = page.headers().firstValue("content-security-policy").orElse("");
      assertTrue(policy.contains(allowed), policy);
    }
  }

  @Test
  void thePageMayLoadNothingButWhatTheServiceServes() throws Exception {
    HttpResponse<String> page = stack.get("/", "text/html");
    assertEquals(200, page.statusCode());
    String policy = page.headers().firstValue("content-security-policy").orElse("");
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self' 'sha256-"), policy);
    for (String file : List.of("/app/main.js", "/map/france.json", "/fonts/OFL.txt")) {
      assertEquals(200, status(file), file);
    }
  }
}
