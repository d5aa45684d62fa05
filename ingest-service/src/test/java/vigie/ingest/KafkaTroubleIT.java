// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vigie.ingest.JsonEvents.JSON;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;

/** What a client and an operator see while Kafka is away or the service goes down. */
class KafkaTroubleIT {

  /** delivery.timeout.ms is 10 s; the rest is for a busy machine. */
  private static final Duration BOUND = Duration.ofSeconds(20);

  @Test
  void noBrokerMeans503AndRecovery(@TempDir Path folder) throws Exception {
    Set<UUID> acknowledged = new HashSet<>();
    try (RunningIngest ingest = RunningIngest.startIn(folder, Map.of())) {
      awaitAccepted(ingest, acknowledged);

      ingest.kafka().freeze();
      assert503InTime(ingest);
      assertEquals(503, ingest.get("/q/health/ready").statusCode());
      assertEquals(200, ingest.get("/q/health/live").statusCode());
      ingest.kafka().resume();
      awaitAccepted(ingest, acknowledged);

      ingest.kafka().kill();
      assert503InTime(ingest);
      ingest.kafka().restart();
      awaitAccepted(ingest, acknowledged);
      await().atMost(BOUND).until(() -> ingest.get("/q/health/ready").statusCode() == 200);

      Set<UUID> kept = new HashSet<>();
      EventCodec<ExerciseResult> codec = EventCodec.of(ExerciseResult.class);
      for (var record : KafkaRecords.of(ingest.kafka().bootstrapServers(), "vigie.results")) {
        kept.add(codec.decode(record.value()).getId());
      }
      assertTrue(kept.containsAll(acknowledged));
    }
  }

  @Test
  void whatIsInProgressIsFinishedBeforeTheProcessEnds(@TempDir Path folder) throws Exception {
    try (RunningIngest ingest = RunningIngest.startIn(folder, Map.of())) {
      awaitAccepted(ingest, new HashSet<>());
      ingest.kafka().freeze();
      CompletableFuture<HttpResponse<String>> open =
          ingest.postAsync("/v1/results", JSON, JsonEvents.result(UUID.randomUUID(), "s", 50));
      await()
          .atMost(BOUND)
          .until(() -> !ingest.get("/q/metrics").body().contains("in_flight_bytes 0.0"));

      CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> ingest.process().stop());
      ingest.kafka().resume();

      assertEquals(202, open.join().statusCode(), open.join().body());
      stopped.join();
      assertTrue(!ingest.process().process().isAlive());
    }
  }

  private static void assert503InTime(RunningIngest ingest) throws Exception {
    long start = System.nanoTime();
    HttpResponse<String> answer =
        ingest.post("/v1/results", JSON, JsonEvents.result(UUID.randomUUID(), "s", 50));

    assertEquals(503, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("\"code\":\"kafka-unavailable\""), answer.body());
    assertEquals("1", answer.headers().firstValue("Retry-After").orElseThrow());
    assertTrue(System.nanoTime() - start < BOUND.toNanos());
  }

  /** Sends one event with one id, as a laptop does, until it is acknowledged. */
  private static void awaitAccepted(RunningIngest ingest, Set<UUID> acknowledged) {
    UUID id = UUID.randomUUID();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                ingest.post("/v1/results", JSON, JsonEvents.result(id, "s", 50)).statusCode()
                    == 202);
    acknowledged.add(id);
  }
}
