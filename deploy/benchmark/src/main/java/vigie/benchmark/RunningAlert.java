// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.judging;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import vigie.benchmark.ProcessCost;
import vigie.stack.Folder;
import vigie.stack.KafkaNode;
import vigie.stack.Port;
import vigie.stack.Ports;
import vigie.stack.RedisForm;
import vigie.stack.RedisReplication;
import vigie.stack.ServiceProcess;

/** The built alert-service as a process of its own, on a Kafka and three Redis of its own. */
final class RunningAlert implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final Ports ports = Ports.ephemeral();
  private final KafkaNode kafka;
  private final RedisReplication redis;
  private final ServiceProcess process;

  RunningAlert(Path folder) {
    kafka = KafkaNode.startIn(folder.resolve("kafka"));
    redis = new RedisReplication(new Folder(folder.resolve("redis")), ports, RedisForm.REPLICATION);
    redis.start();
    redis.awaitReady();
    Map<String, String> environment = new HashMap<>(redis.environment());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.of(Port.ALERT)));
    // It is frozen while results are put into Kafka, and keeps its place in its groups meanwhile.
    environment.put("KAFKA_SESSION_TIMEOUT_MS", "300000");
    environment.put("KAFKA_STREAMS_SESSION_TIMEOUT_MS", "300000");
    process =
        ServiceProcess.quarkus(Port.ALERT, ports, new Folder(folder.resolve("alert")), environment);
    process.start();
    process.awaitReady();
  }

  KafkaNode kafka() {
    return kafka;
  }

  RedisReplication redis() {
    return redis;
  }

  ServiceProcess process() {
    return process;
  }

  ProcessCost cost() {
    return new ProcessCost(pid());
  }

  long pid() {
    return process.process().pid();
  }

  void load(String sheet) throws IOException, InterruptedException {
    String answer =
        send(
            request("/v1/thresholds")
                .header("Content-Type", "text/csv")
                .PUT(BodyPublishers.ofString(sheet)));
    if (!answer.contains("\"failed\":0")) {
      throw new IOException("The thresholds were not taken: " + answer);
    }
  }

  Scrape scrape() throws IOException, InterruptedException {
    return Scrape.of(send(request("/q/metrics")));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + ports.address(Port.ALERT) + path));
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("alert-service answered " + response.body());
    }
    return response.body();
  }

  @Override
  public void close() {
    process.close();
    redis.close();
    kafka.close();
  }
}
