// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static java.util.Locale.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vigie.issuer.Role;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/**
 * All that the public ports answer. The services list their routes, so that no route that is added
 * later is forgotten.
 */
@ExtendWith(RunningVigie.class)
class RoutesIT {

  /** A call that takes longer is taken for one that is never answered. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final String GET = "GET";
  private static final String ANY = "*/*";
  private static final List<String> METHODS =
      List.of(GET, "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE");
  private static final List<String> ACCEPTS = List.of("text/csv", "x", "a/b/c", ";");

  private static final List<UnaryOperator<String>> SPELLINGS =
      List.of(
          path -> "/" + path,
          path -> path + "/",
          path -> path + ";a=b",
          path -> path.replaceFirst("/([^/]+)", "/$1;a=b"),
          path -> path.replaceFirst("/", "/%2e%2e/"),
          path -> "/app/.." + path,
          path -> "/v1/none;/../.." + path,
          path -> path.replace("v", "%76"),
          path -> path.toUpperCase(ROOT),
          path -> path + "%00");

  /** The server takes it for the beginning of an authority, and answers 400 without any header. */
  private static final String NO_PATH = "//";

  /** What services answer beyond their lists: files, what does not exist, what is elsewhere. */
  private static final List<String> OTHERS =
      List.of(
          "/",
          "/app/main.js",
          "/app/none.js",
          "/patrol-worker.js",
          "/_static/lit/0.0.0/index.js",
          "/v1/none",
          "/q/openapi",
          "/q/metrics",
          "/q/routes");

  private static final Map<String, String> ALWAYS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin");

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * A service with a public port.
   *
   * @param roles those that its documentation lets in, at most
   * @param open what it answers to all
   */
  private record Service(Port port, Set<Role> roles, Set<String> open) {

    boolean admits(Optional<Role> caller) {
      return caller.filter(roles::contains).isPresent();
    }
  }

  private static final Service INGEST =
      new Service(Port.INGEST, Set.of(Role.LAPTOP), Set.of("/q/openapi"));
  private static final Service ALERT =
      new Service(Port.ALERT, Set.of(Role.STAFF, Role.ADMIN), Set.of("/q/openapi"));
  private static final Service DASHBOARD =
      new Service(
          Port.DASHBOARD,
          Set.of(Role.STAFF, Role.ADMIN),
          Set.of(
              "/",
              "/app/main.js",
              "/patrol-worker.js",
              "/_importmap/generated_importmap.js",
              "/pipeline",
              "/thresholds",
              "/patrol",
              "/sign-in",
              "/exercises/none",
              "/q/openapi",
              "/v1/neighbours"));
  private static final List<Service> SERVICES = List.of(INGEST, ALERT, DASHBOARD);

  /**
   * @param route which {@code path} may be another spelling of
   * @param documented whether the service documents this method of it
   * @param caller empty: one whose token is not valid
   */
  private record Call(
      Service service,
      String route,
      boolean documented,
      String method,
      String path,
      Optional<Role> caller,
      String accept) {

    boolean isOpen() {
      return service.open().contains(route) || method.equals("OPTIONS");
    }

    boolean isFile() {
      return !route.startsWith("/v1/") && !route.startsWith("/q/");
    }

    @Override
    public String toString() {
      return "%s %s%s of %s, Accept %s"
          .formatted(
              method, service.port(), path, caller.map(Role::group).orElse("no one"), accept);
    }
  }

  @Test
  void everyAnswerOfEveryRouteHasItsStatusAndHeaders(VigieStack vigie) throws Exception {
    Map<Optional<Role>, String> tokens =
        new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
    tokens.put(Optional.empty(), "nonsense");
    for (Role role : Role.values()) {
      tokens.put(Optional.of(role), vigie.issuer().token(role, "route-walker"));
    }
    List<Call> calls = new ArrayList<>();
    for (Service service : SERVICES) {
      Map<String, Set<String>> routes = routes(service, vigie);
      tokens.keySet().forEach(caller -> calls.addAll(calls(service, routes, caller)));
    }
    assertTrue(calls.size() > 3_000, "only " + calls.size());
    List<String> faults =
        calls.parallelStream()
            .flatMap(call -> fault(call, vigie, tokens.get(call.caller())).stream())
            .toList();
    assertEquals(List.of(), faults);
    for (Service service : SERVICES) {
      String metrics = text(vigie.url(service.port().management()) + "/q/metrics");
      assertFalse(metrics.contains("uri=\""), "a path that a client makes up is a label");
    }
  }

  private static List<Call> calls(
      Service service, Map<String, Set<String>> routes, Optional<Role> caller) {
    List<Call> calls = new ArrayList<>();
    routes.forEach(
        (route, documented) -> {
          for (String method : METHODS) {
            boolean known = documented.contains(method);
            calls.add(new Call(service, route, known, method, route, caller, ANY));
          }
          for (String accept : ACCEPTS) {
            calls.add(new Call(service, route, false, GET, route, caller, accept));
          }
          SPELLINGS.stream()
              .map(spelling -> spelling.apply(route))
              .filter(path -> !path.equals(NO_PATH))
              .forEach(path -> calls.add(new Call(service, route, false, GET, path, caller, ANY)));
        });
    return calls;
  }

  /** A response without an end would hold its connection, and all that is sent after it. */
  @Test
  void afterTheHeadOfAnyRouteItsConnectionServesTheNextRequest(VigieStack vigie) throws Exception {
    List<String> faults = new ArrayList<>();
    for (Service service : SERVICES) {
      for (Role role : service.roles()) {
        String token = vigie.issuer().token(role, "route-walker");
        for (String route : routes(service, vigie).keySet()) {
          if (headsAnsweredOfTwo(vigie.url(service.port()), route, token) < 2) {
            faults.add("HEAD " + service.port() + route);
          }
        }
      }
    }
    assertEquals(List.of(), faults);
  }

  private static int headsAnsweredOfTwo(String url, String path, String token) throws IOException {
    URI address = URI.create(url);
    String head = "HEAD %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n%s\r\n";
    String both =
        head.formatted(path, token, "") + head.formatted(path, token, "Connection: close\r\n");
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout((int) TIMEOUT.toMillis());
      socket.getOutputStream().write(both.getBytes(StandardCharsets.US_ASCII));
      try (BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
        return (int) answers.lines().filter(line -> line.startsWith("HTTP/1.1 ")).count();
      }
    } catch (UncheckedIOException e) {
      return 0;
    }
  }

  @Test
  void anAcceptThatNamesNoMediaTypesIsNotAcceptable(VigieStack vigie) throws Exception {
    Map<Service, String> routes =
        Map.of(ALERT, "/v1/thresholds", DASHBOARD, "/v1/exercises/success-rates");
    String token = vigie.issuer().token(Role.STAFF, "ada");
    for (Map.Entry<Service, String> route : routes.entrySet()) {
      for (String accept : List.of("x", "a/b/c")) {
        String path = route.getValue();
        Call call =
            new Call(route.getKey(), path, true, GET, path, Optional.of(Role.STAFF), accept);
        assertEquals(406, send(call, vigie, token).statusCode(), call::toString);
      }
    }
  }

  /** Each with the methods that the service documents. */
  private static Map<String, Set<String>> routes(Service service, VigieStack vigie)
      throws Exception {
    Map<String, Set<String>> routes = new TreeMap<>();
    OTHERS.forEach(path -> routes.put(path, Set.of()));
    String listed = text(vigie.url(service.port().management()) + "/q/routes");
    listed
        .lines()
        .map(path -> path.replaceAll(":[^/]+|\\*", "none"))
        .forEach(path -> routes.putIfAbsent(path, Set.of()));
    String openApi = text(vigie.url(service.port()) + "/q/openapi?format=json");
    JsonNode documented = new ObjectMapper().readTree(openApi).get("paths");
    assertTrue(!listed.isBlank() && !documented.isEmpty(), "no routes are listed");
    for (Map.Entry<String, JsonNode> one : documented.properties()) {
      Set<String> methods = new HashSet<>();
      one.getValue().fieldNames().forEachRemaining(name -> methods.add(name.toUpperCase(ROOT)));
      methods.retainAll(METHODS);
      routes.put(one.getKey().replaceAll("\\{[^}]*}", "none"), methods);
    }
    return routes;
  }

  private static String text(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build();
    HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), url);
    return answer.body();
  }

  /** Only the head: a live stream has no end. */
  private static HttpResponse<InputStream> send(Call call, VigieStack vigie, String token)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(vigie.url(call.service().port()) + call.path()))
                .method(call.method(), BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token)
                .header("Accept", call.accept())
                .timeout(TIMEOUT)
                .build(),
            BodyHandlers.ofInputStream());
    answer.body().close();
    return answer;
  }

  private static Optional<String> fault(Call call, VigieStack vigie, String token) {
    try {
      HttpResponse<?> answer = send(call, vigie, token);
      return Stream.of(status(call, answer), headers(call, answer))
          .flatMap(Optional::stream)
          .findFirst()
          .map(why -> call + ": " + answer.statusCode() + ", " + why);
    } catch (IOException e) {
      return Optional.of(call + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(call + ": " + e);
    }
  }

  private static Optional<String> status(Call call, HttpResponse<?> answer) {
    int status = answer.statusCode();
    if (status >= 500 && answer.headers().firstValue("Retry-After").isEmpty()) {
      return Optional.of("a fault of the service");
    }
    if (call.isOpen() || call.service().admits(call.caller())) {
      return Optional.empty();
    }
    if (status < 400) {
      return Optional.of("this caller has no right to it");
    }
    int refused = call.caller().isPresent() ? 403 : 401;
    return call.documented() && status != refused
        ? Optional.of("not " + refused)
        : Optional.empty();
  }

  private static Optional<String> headers(Call call, HttpResponse<?> answer) {
    for (Map.Entry<String, String> header : ALWAYS.entrySet()) {
      if (!answer.headers().allValues(header.getKey()).equals(List.of(header.getValue()))) {
        return Optional.of(header.getKey() + answer.headers().allValues(header.getKey()));
      }
    }
    for (String name : List.of("Content-Security-Policy", "Permissions-Policy")) {
      if (answer.headers().allValues(name).size() != 1) {
        return Optional.of(name + answer.headers().allValues(name));
      }
    }
    List<String> caching = answer.headers().allValues("Cache-Control");
    return caching.size() == 1 && caching(call, answer.statusCode()).contains(caching.get(0))
        ? Optional.empty()
        : Optional.of("Cache-Control" + caching);
  }

  /** Only what a page consists of is kept; another spelling of it need not be. */
  private static Set<String> caching(Call call, int status) {
    if (!call.isFile() || status >= 400) {
      return Set.of("no-store");
    }
    return call.path().equals(call.route()) ? Set.of("no-cache") : Set.of("no-cache", "no-store");
  }
}
