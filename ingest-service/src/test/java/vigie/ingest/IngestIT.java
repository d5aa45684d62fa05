// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vigie.ingest.JsonEvents.JSON;
import static vigie.ingest.JsonEvents.NDJSON;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.events.EventCodec;
import vigie.events.EventId;
import vigie.events.ExerciseResult;
import vigie.events.UndecodableEventException;
import vigie.events.UserActivity;
import vigie.ingest.body.CloudEventsFormat;
import vigie.stack.kafka.KafkaNode;

/** What the whole service does on a healthy Kafka. */
@ExtendWith(SharedKafka.class)
class IngestIT {

  @TempDir static Path folder;
  private static RunningIngest ingest;

  @BeforeAll
  static void start(KafkaNode kafka) {
    ingest = RunningIngest.startOn(kafka, folder, Map.of());
  }

  @AfterAll
  static void stop() {
    if (ingest != null) {
      ingest.close();
    }
  }

  @Test
  void every2xxIsInKafka() throws Exception {
    Set<UUID> acknowledged = new HashSet<>();
    Map<UUID, CompletableFuture<HttpResponse<String>>> single =
        IntStream.range(0, 500)
            .mapToObj(i -> UUID.randomUUID())
            .collect(
                Collectors.toMap(
                    id -> id,
                    id -> ingest.postAsync("/v1/results", JSON, JsonEvents.result(id, "s-1", 50))));
    single.forEach(
        (id, answer) -> {
          assertEquals(202, answer.join().statusCode(), answer.join().body());
          acknowledged.add(EventId.of("s-1", id));
        });
    List<UUID> lines = IntStream.range(0, 1_000).mapToObj(i -> UUID.randomUUID()).toList();
    String body =
        lines.stream()
            .map(id -> JsonEvents.result(id, "s-2", 99.5))
            .collect(Collectors.joining("\n"));
    HttpResponse<String> batch = ingest.post("/v1/results", NDJSON, body);
    assertEquals(202, batch.statusCode(), batch.body());
    assertEquals("{\"accepted\":1000,\"rejected\":[]}", batch.body());
    lines.forEach(id -> acknowledged.add(EventId.of("s-2", id)));

    assertTrue(resultsInKafka().keySet().containsAll(acknowledged));
  }

  @Test
  void bothKindsAndAllFormsAreKept() throws Exception {
    UUID object = UUID.randomUUID();
    UUID first = UUID.randomUUID();
    UUID second = UUID.randomUUID();
    String array =
        "[" + JsonEvents.activity(first, "a") + "," + JsonEvents.activity(second, "b") + "]";
    assertEquals(202, ingest.post("/v1/activity", JSON, array).statusCode());
    HttpResponse<String> zipped =
        ingest.send(
            ingest
                .request(
                    "/v1/activity",
                    "application/json; charset=utf-8",
                    BodyPublishers.ofByteArray(
                        gzip(JsonEvents.activity(object, "c").getBytes(UTF_8))))
                .header("Content-Encoding", "gzip"));
    assertEquals(202, zipped.statusCode(), zipped.body());

    EventCodec<UserActivity> codec = EventCodec.of(UserActivity.class);
    Set<UUID> kept = new HashSet<>();
    for (var record : KafkaRecords.of(ingest.kafka().bootstrapServers(), "vigie.activity")) {
      kept.add(codec.decode(record.value()).getId());
    }
    assertTrue(
        kept.containsAll(
            Set.of(EventId.of("c", object), EventId.of("a", first), EventId.of("b", second))));
  }

  @Test
  void anEventsKeyIsItsStudent() throws Exception {
    UUID id = UUID.randomUUID();
    ingest.post("/v1/results", JSON, JsonEvents.result(id, "étudiante-7", 12.5));

    ConsumerRecord<String, byte[]> record = resultsInKafka().get(EventId.of("étudiante-7", id));
    assertEquals("étudiante-7", record.key());
  }

  @Test
  void rejectedRecordsNameIndexIdAndCode() throws Exception {
    UUID good = UUID.randomUUID();
    UUID bad = UUID.randomUUID();
    String body =
        String.join(
            "\n",
            JsonEvents.result(good, "s-3", 100),
            JsonEvents.result(bad, "s-3", 100.1),
            "{\"studentId\":",
            "");
    HttpResponse<String> answer = ingest.post("/v1/results", NDJSON, body);

    assertEquals(202, answer.statusCode());
    assertTrue(
        answer.body().startsWith("{\"accepted\":1,\"rejected\":[{\"index\":1,\"id\":\"" + bad));
    assertTrue(answer.body().contains("\"code\":\"score-out-of-range\""));
    assertTrue(answer.body().contains("{\"index\":2,\"id\":null,\"code\":\"json-malformed\""));
    assertTrue(resultsInKafka().containsKey(EventId.of("s-3", good)));
    assertTrue(!resultsInKafka().containsKey(EventId.of("s-3", bad)));
  }

  /** A client that asks for it learns under which ids its events are stored, in their order. */
  @Test
  void theAnswerNamesTheStoredIdsWhenAsked() throws Exception {
    UUID first = UUID.randomUUID();
    UUID last = UUID.randomUUID();
    String body =
        String.join(
            "\n",
            JsonEvents.result(first, "s-8", 10),
            JsonEvents.result(first, "s-8", 200),
            JsonEvents.result(last, "s-9", 20));
    HttpResponse<String> answer =
        ingest.send(
            ingest
                .request("/v1/results", NDJSON, BodyPublishers.ofString(body))
                .header("Prefer", "wait=5, return=representation"));

    assertEquals(202, answer.statusCode(), answer.body());
    assertEquals(
        "return=representation", answer.headers().firstValue("Preference-Applied").orElseThrow());
    UUID storedFirst = EventId.of("s-8", first);
    UUID storedLast = EventId.of("s-9", last);
    String ids = "\"ids\":[\"%s\",null,\"%s\"]}".formatted(storedFirst, storedLast);
    assertTrue(answer.body().startsWith("{\"accepted\":2,\"rejected\":[{"), answer.body());
    assertTrue(answer.body().endsWith(ids), answer.body());
    assertTrue(resultsInKafka().keySet().containsAll(Set.of(storedFirst, storedLast)));
    HttpResponse<String> unasked = ingest.post("/v1/results", NDJSON, body);
    assertTrue(unasked.headers().firstValue("Preference-Applied").isEmpty());
    assertTrue(!unasked.body().contains("ids"), unasked.body());
  }

  @Test
  void nothingOfAMalformedArrayIsKept() throws Exception {
    UUID id = UUID.randomUUID();
    HttpResponse<String> answer =
        ingest.post("/v1/results", JSON, "[" + JsonEvents.result(id, "s-4", 1) + ",{]");

    assertProblem(400, "json-malformed", answer);
    assertTrue(!resultsInKafka().containsKey(EventId.of("s-4", id)));
  }

  @Test
  void everyRefusalHasItsCode() throws Exception {
    assertProblem(400, "all-rejected", ingest.post("/v1/results", JSON, "{}"));
    assertProblem(400, "json-malformed", ingest.post("/v1/results", JSON, ""));
    assertProblem(415, "media-type-unsupported", ingest.post("/v1/results", "text/csv", "a,b"));
    assertProblem(415, "content-coding-unsupported", postEncoded("br", "{}".getBytes(UTF_8)));
    assertProblem(
        413,
        "too-many-records",
        ingest.post("/v1/results", JSON, "[1" + ",1".repeat(10_000) + "]"));
    assertProblem(
        413, "body-too-large", ingest.post("/v1/results", JSON, " ".repeat(9 * 1024 * 1024)));
  }

  @Test
  void cloudEventsOfAllModesAreKept() throws Exception {
    UUID structured = UUID.randomUUID();
    UUID batched = UUID.randomUUID();
    UUID binary = UUID.randomUUID();
    String envelope =
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/l\",\"type\":\"result\",\"data\":%s}";
    String one = envelope.formatted(JsonEvents.result(structured, "s-7", 70));
    String other = envelope.formatted(JsonEvents.result(batched, "s-7", 71));
    assertEquals(202, ingest.post("/v1/results", CloudEventsFormat.ONE, one).statusCode());
    assertEquals(
        202, ingest.post("/v1/results", CloudEventsFormat.BATCH, "[" + other + "]").statusCode());
    var request =
        ingest
            .request(
                "/v1/results", JSON, BodyPublishers.ofString(JsonEvents.result(binary, "s-7", 72)))
            .header("ce-specversion", "1.0")
            .header("ce-id", "1")
            .header("ce-type", "result");
    assertProblem(400, "cloud-event-invalid", ingest.send(request.copy()));
    assertEquals(202, ingest.send(request.copy().header("ce-source", "/l")).statusCode());
    Set<UUID> stored =
        Stream.of(structured, batched, binary)
            .map(id -> EventId.of("s-7", id))
            .collect(Collectors.toSet());
    assertTrue(resultsInKafka().keySet().containsAll(stored));
  }

  @Test
  void aRefusalOfAFormNamesThoseThatAreTaken() throws Exception {
    HttpResponse<String> brotli = postEncoded("br", new byte[] {1});
    assertEquals("gzip, zstd", brotli.headers().firstValue("Accept-Encoding").orElseThrow());
    HttpResponse<String> csv = ingest.post("/v1/results", "text/csv", "a,b");
    assertTrue(csv.headers().firstValue("Accept").orElseThrow().contains(NDJSON));
  }

  @Test
  void bombsAreRefused() throws Exception {
    byte[] large = new byte[256 * 1024 * 1024];
    assertProblem(413, "body-too-large", postEncoded("gzip", gzip(large)));
    assertProblem(413, "body-too-large", postEncoded("zstd", Zstd.compress(large)));
    assertMemoryIsGivenBack();
  }

  @Test
  void aZstdFrameMayNotAskForALargeWindow() throws Exception {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    try (ZstdOutputStream zstd = new ZstdOutputStream(frame)) {
      zstd.setLong(27);
      zstd.write("{}".getBytes(UTF_8));
    }
    assertProblem(400, "content-coding-malformed", postEncoded("zstd", frame.toByteArray()));
  }

  @Test
  void cutOffAndGarbledBodiesAreMalformed() throws Exception {
    byte[] event = JsonEvents.result(UUID.randomUUID(), "s-5", 5).getBytes(UTF_8);
    for (String coding : List.of("gzip", "zstd")) {
      byte[] whole = coding.equals("gzip") ? gzip(event) : Zstd.compress(event);
      assertEquals(202, postEncoded(coding, whole).statusCode());
      byte[] cutOff = Arrays.copyOf(whole, whole.length - 12);
      assertProblem(400, "content-coding-malformed", postEncoded(coding, cutOff));
      whole[whole.length / 2] ^= 0x55;
      assertEquals(400, postEncoded(coding, whole).statusCode());
      assertProblem(400, "content-coding-malformed", postEncoded(coding, event));
    }
  }

  private static HttpResponse<String> postEncoded(String coding, byte[] body) throws Exception {
    return ingest.send(
        ingest
            .request("/v1/results", JSON, BodyPublishers.ofByteArray(body))
            .header("Content-Encoding", coding));
  }

  private static void assertMemoryIsGivenBack() {
    await().until(() -> ingest.metrics().contains("vigie_ingest_in_flight_bytes 0.0"));
  }

  @Test
  void theOpenApiDocumentAndTheMetricsAreServed() throws Exception {
    assertTrue(ingest.get("/q/openapi").body().contains("/v1/results"));
    String metrics = ingest.metrics();
    assertTrue(metrics.contains("vigie_ingest_accepted_total{kind=\"results\"}"), metrics);
    assertTrue(metrics.contains("kafka_producer_record_send_total"), metrics);
  }

  @Test
  void theReadmesExamplesGiveTheAnswersThatItShows() throws Exception {
    Pattern example =
        Pattern.compile(
            "curl -i localhost:8081(\\S+) -H \"Authorization: [^\"]+\""
                + " -H 'Content-Type: (\\S+)'(?: -H 'Prefer: (\\S+)')? -d '([^']+)'"
                + "\\n# HTTP/1.1 (\\d+)[^\\n]*\\n# ([^\\n]+)");
    Matcher matcher = example.matcher(Files.readString(Path.of("README.md")));
    int examples = 0;
    for (; matcher.find(); examples++) {
      HttpRequest.Builder request =
          ingest.request(
              matcher.group(1), matcher.group(2), BodyPublishers.ofString(matcher.group(4)));
      if (matcher.group(3) != null) {
        request.header("Prefer", matcher.group(3));
      }
      HttpResponse<String> answer = ingest.send(request);
      assertEquals(Integer.parseInt(matcher.group(5)), answer.statusCode());
      assertEquals(matcher.group(6), answer.body());
    }
    assertEquals(3, examples);
  }

  @Test
  void theOpenApiDocumentsExamplesAreTaken() throws Exception {
    for (String path : OpenApiTest.PATHS) {
      StringWriter json = new StringWriter();
      try (JsonGenerator generator = new JsonFactory().createGenerator(json)) {
        generator.writeStartObject();
        for (var field : OpenApiTest.example(path).entrySet()) {
          generator.writeFieldName(field.getKey());
          generator.writePOJO(field.getValue());
        }
        generator.writeEndObject();
      }
      HttpResponse<String> answer = ingest.post(path, JSON, json.toString());
      assertEquals("{\"accepted\":1,\"rejected\":[]}", answer.body());
    }
  }

  @Test
  void everyMetricOfTheGrafanaDashboardIsServed() throws Exception {
    ingest.post("/v1/results", JSON, JsonEvents.result(UUID.randomUUID(), "s-6", 60));
    String metrics = ingest.metrics();
    String dashboard = Files.readString(Path.of("../deploy/grafana/ingest.json"));
    List<String> names =
        Pattern.compile("(vigie|kafka|jvm)_[a-z_]+")
            .matcher(dashboard)
            .results()
            .map(MatchResult::group)
            .distinct()
            .toList();
    assertTrue(names.size() > 10, names::toString);
    for (String name : names) {
      assertTrue(
          metrics
              .lines()
              .anyMatch(line -> line.startsWith(name + "{") || line.startsWith(name + " ")),
          name);
    }
  }

  private static void assertProblem(int status, String code, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("\"code\":\"" + code + "\""), answer.body());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElseThrow());
  }

  private static Map<UUID, ConsumerRecord<String, byte[]>> resultsInKafka()
      throws UndecodableEventException {
    EventCodec<ExerciseResult> codec = EventCodec.of(ExerciseResult.class);
    Map<UUID, ConsumerRecord<String, byte[]>> byId = new HashMap<>();
    for (var record : KafkaRecords.of(ingest.kafka().bootstrapServers(), "vigie.results")) {
      byId.put(codec.decode(record.value()).getId(), record);
    }
    return byId;
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(body);
    }
    return bytes.toByteArray();
  }
}
