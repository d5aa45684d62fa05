// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ServiceProcess;
import vigie.stack.redis.RedisReplication;
import vigie.stack.redis.RedisTopology;
import vigie.stack.workspace.StackFolder;

/** The built alert-service as a process of its own, on a Kafka and three Redis of its own. */
public final class RunningAlert implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final Ports ports = Ports.ephemeral();
  private final KafkaNode kafka;
  private final RedisReplication redis;
  private final ServiceProcess process;

  /**
   * @param settings of alert-service, beside what it needs to find the others
   */
  public RunningAlert(Path folder, Map<String, String> settings) {
    kafka = KafkaNode.startIn(folder.resolve("kafka"));
    redis =
        new RedisReplication(
            new StackFolder(folder.resolve("redis")), ports, RedisTopology.REPLICATION);
    redis.start();
    redis.awaitReady();
    Map<String, String> environment = new HashMap<>(Map.of("VIGIE_ACCESS", "open"));
    environment.putAll(settings);
    environment.putAll(redis.environment());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    process =
        ServiceProcess.quarkus(
            Port.ALERT, ports, new StackFolder(folder.resolve("alert")), environment);
    process.start();
    process.awaitReady();
  }

  public KafkaNode kafka() {
    return kafka;
  }

  public RedisReplication redis() {
    return redis;
  }

  public ServiceProcess process() {
    return process;
  }

  public ProcessCost cost() {
    return new ProcessCost(pid());
  }

  public long pid() {
    return process.process().pid();
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.of(Port.ALERT));
  }

  /** Where it tells how it is, {@code host:port}. */
  public String management() {
    return ports.address(Port.ALERT_MANAGEMENT);
  }

  /** Sets the thresholds of a sheet. */
  public void load(String sheet) throws IOException, InterruptedException {
    String answer =
        send(
            request(Port.ALERT, "/v1/thresholds")
                .header("Content-Type", "text/csv")
                .PUT(BodyPublishers.ofString(sheet)));
    if (!answer.contains("\"failed\":0")) {
      throw new IOException("The thresholds were not taken: " + answer);
    }
  }

  public Scrape scrape() throws IOException, InterruptedException {
    return Scrape.of(send(request(Port.ALERT_MANAGEMENT, "/q/metrics")));
  }

  private HttpRequest.Builder request(Port port, String path) {
    return HttpRequest.newBuilder(URI.create(ports.url(port, path)));
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
