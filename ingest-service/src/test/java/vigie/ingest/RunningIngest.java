// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import vigie.stack.Folder;
import vigie.stack.KafkaNode;
import vigie.stack.Port;
import vigie.stack.Ports;
import vigie.stack.ServiceProcess;

/** The built service as a process of its own, on a real Kafka. */
final class RunningIngest implements AutoCloseable {

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final KafkaNode kafka;
  private final ServiceProcess process;
  private final URI url;

  private RunningIngest(Path folder, Map<String, String> settings) {
    kafka = KafkaNode.startIn(folder);
    Ports ports = Ports.ephemeral();
    url = URI.create("http://" + ports.address(Port.INGEST));
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.of(Port.INGEST)));
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    process = ServiceProcess.quarkus(Port.INGEST, ports, new Folder(folder), environment);
    process.start();
    process.awaitReady();
  }

  static RunningIngest startIn(Path folder, Map<String, String> settings) {
    return new RunningIngest(folder, settings);
  }

  KafkaNode kafka() {
    return kafka;
  }

  ServiceProcess process() {
    return process;
  }

  URI url() {
    return url;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(url.resolve(path)).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String contentType, String body)
      throws IOException, InterruptedException {
    return http.send(
        request(path, contentType, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> postAsync(String path, String contentType, String body) {
    return http.sendAsync(
        request(path, contentType, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String path, String contentType, BodyPublisher body) {
    return HttpRequest.newBuilder(url.resolve(path))
        .timeout(Duration.ofSeconds(40))
        .header("Content-Type", contentType)
        .POST(body);
  }

  @Override
  public void close() {
    process.close();
    kafka.close();
  }
}
