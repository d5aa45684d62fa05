// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.driver;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** {@code /q/health/…} and {@code /q/metrics}, as the Quarkus services have them. */
public final class HttpEndpoint implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Health health;
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "http");
            thread.setDaemon(true);
            return thread;
          });

  public HttpEndpoint(String host, int port, Health health, Metrics metrics) throws IOException {
    this.health = health;
    server = HttpServer.create(new InetSocketAddress(host, port), 0);
    server.setExecutor(threads);
    health("live", state -> true);
    health("started", Health.State::started);
    health("ready", Health.State::ready);
    server.createContext(
        "/q/metrics",
        exchange -> answer(exchange, 200, "text/plain; version=0.0.4", metrics.text()));
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }

  private void health(String question, Predicate<Health.State> isUp) {
    server.createContext(
        "/q/health/" + question,
        exchange -> {
          Health.State state = health.state();
          boolean up = isUp.test(state);
          answer(
              exchange,
              up ? 200 : 503,
              "application/json",
              json(up, state.says(), health.maintenance()));
        });
  }

  private static String json(boolean up, String figures, String maintenance) throws IOException {
    String status = up ? "UP" : "DOWN";
    return JSON.writeValueAsString(
        Map.of(
            "status",
            status,
            "checks",
            List.of(check("figures", status, figures), check("maintenance", "UP", maintenance))));
  }

  private static Map<String, Object> check(String name, String status, String says) {
    return Map.of("name", name, "status", status, "data", Map.of("says", says));
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
