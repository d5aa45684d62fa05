// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import vigie.issuer.Issuer;
import vigie.stack.Folder;
import vigie.stack.Port;
import vigie.stack.Ports;
import vigie.stack.ServiceProcess;

/** The packaged service without anything behind it: who is let in learns that nothing is there. */
final class GuardedDashboard implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Ports ports = Ports.ephemeral();
  private final Issuer issuer;
  private final ServiceProcess service;

  GuardedDashboard(String access) throws IOException {
    Path folder = Files.createTempDirectory("guarded-dashboard");
    issuer = Issuer.in(folder.resolve("keys"));
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.put("VIGIE_ACCESS", access);
    environment.put("KAFKA_BOOTSTRAP_SERVERS", ports.address(Port.KAFKA));
    environment.put("VIGIE_DASHBOARD_QUERY_TIMEOUT", "1s");
    environment.put(
        "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://" + ports.address(Port.POSTGRESQL) + "/x");
    service =
        ServiceProcess.quarkus(
            Port.DASHBOARD, ports, new Folder(folder.resolve("run")), environment);
    service.start();
    service
        .process()
        .await(
            PATIENCE,
            () -> send(request(Port.DASHBOARD_MANAGEMENT, "/q/health/live")).statusCode() == 200);
  }

  Issuer issuer() {
    return issuer;
  }

  /** The answer's status to {@code token}, or to nobody when it is null. */
  HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return send(request);
  }

  HttpRequest.Builder request(String path) {
    return request(Port.DASHBOARD, path);
  }

  private HttpRequest.Builder request(Port port, String path) {
    return HttpRequest.newBuilder(URI.create(ports.url(port, path))).timeout(PATIENCE);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /**
   * The first line of the answer to a request as it is written here, which no client would send.
   */
  String raw(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports.of(Port.DASHBOARD))) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      return new String(answer, StandardCharsets.ISO_8859_1);
    }
  }

  /** All that the process has logged. */
  String log() throws IOException {
    return Files.readString(service.process().log());
  }

  @Override
  public void close() {
    service.close();
  }
}
