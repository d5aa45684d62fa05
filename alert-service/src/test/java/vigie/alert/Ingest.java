// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import vigie.events.ExerciseResult;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ServiceProcess;
import vigie.stack.workspace.StackFolder;

/** The packaged ingest-service before the same Kafka; the build makes it before this module. */
public final class Ingest implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final Ports ports = Ports.ephemeral();
  private final ServiceProcess process;

  public Ingest(KafkaNode kafka, Path folder) {
    process =
        ServiceProcess.quarkus(
            Port.INGEST,
            ports,
            new StackFolder(folder),
            Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(), "VIGIE_ACCESS", "open"));
    process.start();
    process.awaitReady();
  }

  /** Sends all in one request and answers the status. */
  public int send(List<ExerciseResult> results) {
    String lines = results.stream().map(Ingest::json).collect(Collectors.joining("\n"));
    return status(
        request(Port.INGEST, "/v1/results")
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(lines)));
  }

  /** Sends one, and answers under which id it is stored. */
  UUID store(ExerciseResult result) {
    HttpResponse<String> answer =
        answer(
            request(Port.INGEST, "/v1/results")
                .header("Content-Type", "application/json")
                .header("Prefer", "return=representation")
                .POST(BodyPublishers.ofString(json(result))));
    assertEquals(202, answer.statusCode(), answer.body());
    return UUID.fromString(Staff.json(answer).get("ids").get(0).asText());
  }

  public boolean isReady() {
    return status(request(Port.INGEST_MANAGEMENT, "/q/health/ready").GET()) == 200;
  }

  @Override
  public void close() {
    process.close();
  }

  private static String json(ExerciseResult result) {
    return """
    {"id":"%s","timestamp":"%s","studentId":"%s","exerciseId":"%s","latitude":%s,"longitude":%s,"score":%s}\
    """
        .formatted(
            result.getId(),
            result.getTimestamp(),
            result.getStudentId(),
            result.getExerciseId(),
            result.getLatitude(),
            result.getLongitude(),
            result.getScore());
  }

  private HttpRequest.Builder request(Port port, String path) {
    return HttpRequest.newBuilder(URI.create(ports.url(port, path)));
  }

  private int status(HttpRequest.Builder request) {
    return answer(request).statusCode();
  }

  private HttpResponse<String> answer(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("ingest-service does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
