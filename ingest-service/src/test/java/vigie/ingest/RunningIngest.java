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
import vigie.stack.kafka.KafkaNode;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ServiceProcess;
import vigie.stack.workspace.StackFolder;

/**
 * The built service as a process of its own, on a real Kafka; open unless the settings say else.
 */
final class RunningIngest implements AutoCloseable {

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final KafkaNode kafka;
  private final boolean ownsKafka;
  private final ServiceProcess process;
  private final URI url;
  private final URI management;

  private RunningIngest(
      KafkaNode kafka, boolean ownsKafka, Path folder, Map<String, String> settings) {
    this.kafka = kafka;
    this.ownsKafka = ownsKafka;
    Ports ports = Ports.ephemeral();
    url = URI.create("http://" + ports.address(Port.INGEST));
    management = URI.create("http://" + ports.address(Port.INGEST_MANAGEMENT));
    Map<String, String> environment = new HashMap<>(Map.of("VIGIE_ACCESS", "open"));
    environment.putAll(settings);
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    process = ServiceProcess.quarkus(Port.INGEST, ports, new StackFolder(folder), environment);
    process.start();
    process.awaitReady();
  }

  static RunningIngest startIn(Path folder, Map<String, String> settings) {
    return new RunningIngest(KafkaNode.startIn(folder), true, folder, settings);
  }

  /** On a Kafka that outlives it. */
  static RunningIngest startOn(KafkaNode kafka, Path folder, Map<String, String> settings) {
    return new RunningIngest(kafka, false, folder, settings);
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

  /** Bytes of heap in use after a full collection. */
  long liveHeap() throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process collect =
        new ProcessBuilder(jcmd, Long.toString(process.process().pid()), "GC.run").start();
    if (collect.waitFor() != 0) {
      throw new IOException("jcmd GC.run ended with exit code " + collect.exitValue());
    }
    return (long) metric("jvm_memory_used_bytes{area=\"heap\"");
  }

  /** The sum of the metrics whose lines start so. */
  double metric(String start) throws IOException, InterruptedException {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** As Prometheus is told them. */
  String metrics() throws IOException, InterruptedException {
    return get(management.resolve("/q/metrics")).body();
  }

  /**
   * @param question {@code ready}, {@code live} or {@code started}
   */
  HttpResponse<String> health(String question) throws IOException, InterruptedException {
    return get(management.resolve("/q/health/" + question));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get(url.resolve(path));
  }

  private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
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

  /** Killed: how it stops is for GracefulShutdownIT alone. */
  @Override
  public void close() {
    process.kill();
    if (ownsKafka) {
      kafka.kill();
    }
  }
}
