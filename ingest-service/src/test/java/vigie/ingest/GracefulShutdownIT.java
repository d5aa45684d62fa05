// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vigie.ingest.JsonEvents.JSON;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.events.EventId;
import vigie.stack.kafka.KafkaNode;

/** What clients see of instances that are stopped. */
@ExtendWith(SharedKafka.class)
class GracefulShutdownIT {

  private static final String STUDENT = "s";

  private static final int CLIENTS = 2;

  private static final Pattern EXAM = Pattern.compile("\"exam\": *\"(\\w+)\"");

  @TempDir private Path folder;
  private final KafkaNode kafka;

  GracefulShutdownIT(KafkaNode kafka) {
    this.kafka = kafka;
  }

  @Test
  void whatIsInProgressIsFinishedNewRequestsAreSentElsewhereAndTheExitIsClean() throws Exception {
    try (RunningIngest ingest = RunningIngest.startOn(kafka, folder, Map.of())) {
      CompletableFuture<HttpResponse<String>> open;
      CompletableFuture<Void> stopped;
      kafka.freeze();
      try {
        open = ingest.postAsync("/v1/results", JSON, event(UUID.randomUUID()));
        await().until(() -> !ingest.metrics().contains("in_flight_bytes 0.0"));

        stopped = CompletableFuture.runAsync(() -> ingest.process().stop());
        await()
            .untilAsserted(
                () -> {
                  HttpResponse<String> late =
                      ingest.post("/v1/results", JSON, event(UUID.randomUUID()));
                  assertEquals(503, late.statusCode());
                  assertTrue(late.body().contains("\"code\":\"draining\""), late.body());
                  assertEquals("close", late.headers().firstValue("Connection").orElseThrow());
                  assertEquals("1", late.headers().firstValue("Retry-After").orElseThrow());
                  assertTrue(ingest.health("ready").body().contains("draining"));
                });
      } finally {
        kafka.resume();
      }

      assertEquals(202, open.join().statusCode(), open.join().body());
      stopped.join();
      assertEquals(0, ingest.process().process().exitCode());
    }
  }

  @Test
  void aClosedExamTakesNothingAndIsClosedOnceAllThatWasTakenIsAnswered() throws Exception {
    Path file = folder.resolve("exam-closed");
    Map<String, String> settings = Map.of("VIGIE_INGEST_EXAM_CLOSED_FILE", file.toString());
    try (RunningIngest ingest = RunningIngest.startOn(kafka, folder, settings)) {
      CompletableFuture<HttpResponse<String>> open;
      kafka.freeze();
      try {
        open = ingest.postAsync("/v1/results", JSON, event(UUID.randomUUID()));
        await().until(() -> !ingest.metrics().contains("in_flight_bytes 0.0"));

        Files.createFile(file);

        await().until(() -> exam(ingest), "closing"::equals);
        assertRefusedAsClosed(ingest);
      } finally {
        kafka.resume();
      }
      assertEquals(202, open.join().statusCode(), open.join().body());
      await().until(() -> exam(ingest), "closed"::equals);

      ingest.process().kill();
      ingest.process().restart();
      assertRefusedAsClosed(ingest);

      Files.delete(file);
      await().until(() -> exam(ingest), "open"::equals);
      assertEquals(202, ingest.post("/v1/results", JSON, event(UUID.randomUUID())).statusCode());
    }
  }

  private static void assertRefusedAsClosed(RunningIngest ingest) throws Exception {
    HttpResponse<String> late = ingest.post("/v1/results", JSON, event(UUID.randomUUID()));
    assertEquals(503, late.statusCode());
    assertTrue(late.body().contains("\"code\":\"exam-closed\""), late.body());
    assertEquals("10", late.headers().firstValue("Retry-After").orElseThrow());
  }

  private static String exam(RunningIngest ingest) throws Exception {
    Matcher state = EXAM.matcher(ingest.health("ready").body());
    return state.find() ? state.group(1) : "unknown";
  }

  /** Each client goes to the other instance after each answer, and sends again what was refused. */
  @Test
  void aRollingRestartOfTwoInstancesLosesNothingAndGivesOnly2xx503OrAClosedConnection()
      throws Exception {
    Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try (RunningIngest first = RunningIngest.startOn(kafka, folder.resolve("first"), Map.of());
        RunningIngest second = RunningIngest.startOn(kafka, folder.resolve("second"), Map.of())) {
      CompletableFuture<Void> end = new CompletableFuture<>();
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(
            threads.submit(
                () -> {
                  while (!end.isDone()) {
                    send(UUID.randomUUID(), List.of(first, second), acknowledged);
                  }
                  return null;
                }));
      }
      for (RunningIngest each : List.of(first, second)) {
        int before = acknowledged.size();
        await().until(() -> acknowledged.size() > before + 200);
        each.process().stop();
        assertEquals(0, each.process().process().exitCode());
        each.process().start();
        each.process().awaitReady();
      }
      int before = acknowledged.size();
      await().until(() -> acknowledged.size() > before + 200);
      end.complete(null);
      for (Future<?> client : clients) {
        client.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertTrue(KafkaRecords.resultIds(kafka).containsAll(acknowledged));
  }

  private static void send(UUID id, List<RunningIngest> instances, Set<UUID> acknowledged)
      throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    for (int i = id.hashCode() & 1; System.nanoTime() < deadline; i ^= 1) {
      try {
        HttpResponse<String> answer = instances.get(i).post("/v1/results", JSON, event(id));
        if (answer.statusCode() == 202) {
          acknowledged.add(EventId.of(STUDENT, id));
          return;
        }
        assertEquals(503, answer.statusCode(), answer.body());
      } catch (IOException closed) {
        assertTrue(
            !(closed instanceof java.net.http.HttpTimeoutException), "an answer was awaited");
      }
    }
    throw new AssertionError(id + " was not taken for 30 s");
  }

  private static String event(UUID id) {
    return JsonEvents.result(id, STUDENT, 50);
  }
}
