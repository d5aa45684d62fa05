// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vigie.ingest.JsonEvents.JSON;
import static vigie.ingest.JsonEvents.NDJSON;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.events.EventId;

/**
 * What a client and an operator are told of each trouble with Kafka, and that it passes. It breaks
 * a Kafka of its own, and runs before the one that the others share is started.
 */
@Order(1)
class ProducerErrorsIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  /** Shorter than in production, where a record has 10 s. */
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_DELIVERY_TIMEOUT_MS", "3000",
          "MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_REQUEST_TIMEOUT_MS", "2000",
          "VIGIE_INGEST_KAFKA_PROBE_INTERVAL", "PT0.2S");

  @TempDir static Path folder;
  private static RunningIngest ingest;
  private static final Set<UUID> acknowledged = new HashSet<>();

  @BeforeAll
  static void start() {
    ingest = RunningIngest.startIn(folder, IMPATIENT);
  }

  @AfterAll
  static void stop() {
    if (ingest != null) {
      ingest.close();
    }
  }

  @AfterEach
  void everythingPassesByItselfAndNothingAcknowledgedIsMissing() throws Exception {
    awaitAccepted();
    await().atMost(SOON).until(() -> ingest.health("ready").statusCode() == 200);
    assertTrue(KafkaRecords.resultIds(ingest.kafka()).containsAll(acknowledged));
  }

  @Test
  void aBrokerThatDoesNotAnswerIsATimeout() throws Exception {
    ingest.kafka().freeze();
    try {
      await().atMost(SOON).untilAsserted(() -> assertTrouble(503, "kafka-timeout", post()));
      assertNotReady("kafka-timeout");
      assertEquals(200, ingest.health("live").statusCode());
    } finally {
      ingest.kafka().resume();
    }
  }

  @Test
  void noBrokerIsUnavailable() throws Exception {
    ingest.kafka().kill();
    try {
      await().atMost(SOON).untilAsserted(() -> assertTrouble(503, "kafka-unavailable", post()));
      assertNotReady("kafka-unavailable");
    } finally {
      ingest.kafka().restart();
    }
  }

  @Test
  void aMissingTopicHasACodeOfItsOwn() throws Exception {
    try (Admin admin = ingest.kafka().admin()) {
      admin.deleteTopics(List.of("vigie.results")).all().get();
    }
    acknowledged.clear();
    try {
      await().atMost(SOON).untilAsserted(() -> assertTrouble(503, "topic-missing", post()));
      assertNotReady("topic-missing");
    } finally {
      ingest.kafka().createTopics();
    }
  }

  @Test
  void aRecordTooLargeForKafkaIsNotAskedForAgain() throws Exception {
    awaitAccepted();
    configure(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "300");
    try {
      String large = JsonEvents.result(UUID.randomUUID(), incompressible(), 50);
      String larger = large.replace("c-pointers", incompressible());
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertTrouble(
                      413, "record-too-large", ingest.post("/v1/results", NDJSON, larger)));
      assertEquals(202, post().statusCode());
    } finally {
      configure(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1048588");
    }
  }

  private static HttpResponse<String> post() throws Exception {
    return ingest.post("/v1/results", JSON, JsonEvents.result(UUID.randomUUID(), "s", 50));
  }

  private static void assertTrouble(int status, String code, HttpResponse<String> answer) {
    assertTrue(answer.body().contains("\"code\":\"" + code + "\""), answer.body());
    assertEquals(status, answer.statusCode());
    assertEquals(status == 503, answer.headers().firstValue("Retry-After").isPresent());
  }

  private static void assertNotReady(String code) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              HttpResponse<String> ready = ingest.health("ready");
              assertEquals(503, ready.statusCode());
              assertTrue(ready.body().contains(code), ready.body());
            });
  }

  /** Sends one event with one id, as a laptop does, until it is acknowledged. */
  private static void awaitAccepted() {
    UUID id = UUID.randomUUID();
    String event = JsonEvents.result(id, "s", 50);
    await().atMost(SOON).until(() -> ingest.post("/v1/results", JSON, event).statusCode() == 202);
    acknowledged.add(EventId.of("s", id));
  }

  private static String incompressible() {
    return new Random()
        .ints(128, 'a', 'z')
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static void configure(String key, String value) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "vigie.results");
    var set = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
    try (Admin admin = ingest.kafka().admin()) {
      admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
    }
  }
}
