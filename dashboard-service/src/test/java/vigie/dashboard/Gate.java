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
import java.time.Duration;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;

/** Requests to a service with any token, or none. */
record Gate(Ports ports, HttpClient client) {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  Gate(Ports ports) {
    this(ports, HttpClient.newHttpClient());
  }

  /** The answer to {@code token}, or to a request without one when it is null. */
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

  HttpRequest.Builder request(Port port, String path) {
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
}
