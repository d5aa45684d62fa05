// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Answers as alert-service does at its management port. */
public final class AlertService implements AutoCloseable {

  private final HttpServer server;
  private volatile String exercises = "";

  public AlertService(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/q/evaluated-exercises",
        request -> {
          byte[] body =
              "{\"exercises\":[%s]}".formatted(exercises).getBytes(StandardCharsets.UTF_8);
          request.sendResponseHeaders(200, body.length);
          request.getResponseBody().write(body);
          request.close();
        });
    server.start();
  }

  /** {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Those, and no other exercise. */
  public void hasThresholds(String... exerciseIds) {
    exercises =
        Arrays.stream(exerciseIds).map(id -> '"' + id + '"').collect(Collectors.joining(","));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
