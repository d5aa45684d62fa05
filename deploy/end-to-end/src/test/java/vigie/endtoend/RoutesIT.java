// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vigie.issuer.Role;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/** All that the services say they answer, so that no route that is added later is forgotten. */
@ExtendWith(RunningVigie.class)
class RoutesIT {

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE");
  private static final List<String> ACCEPTS = List.of("*/*", "x", "a/b/c", ";");

  /** What is no route of OpenAPI: files, what does not exist, and what is found elsewhere. */
  private static final List<String> OTHERS =
      List.of(
          "/",
          "/app/main.js",
          "/app/none.js",
          "/_static/lit/0.0.0/index.js",
          "/v1/none",
          "/v1/patrols/unit-1/alerts",
          "/q/openapi",
          "/q/metrics");

  private static final Map<String, String> ALWAYS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin");

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /**
   * A service with a public port.
   *
   * @param roles those that its documentation lets in, at most
   * @param open what it answers to all
   */
  private record Service(Port port, Set<Role> roles, Set<String> open) {}

  private static final Service INGEST =
      new Service(Port.INGEST, Set.of(Role.LAPTOP), Set.of("/q/openapi"));
  private static final Service ALERT =
      new Service(Port.ALERT, Set.of(Role.STAFF, Role.ADMIN), Set.of("/q/openapi"));
  private static final Service DASHBOARD =
      new Service(
          Port.DASHBOARD,
          Set.of(Role.STAFF, Role.ADMIN),
          Set.of("/", "/app/main.js", "/q/openapi", "/v1/neighbours"));

  private record Call(String method, String path, Optional<Role> role, String accept) {}

  @Test
  void everyAnswerOfEveryRouteHasItsStatusAndHeaders(VigieStack vigie) throws Exception {
    for (Service service : List.of(INGEST, ALERT, DASHBOARD)) {
      walk(service, vigie);
    }
  }

  private static void walk(Service service, VigieStack vigie) throws Exception {
    Map<Optional<Role>, String> tokens = new LinkedHashMap<>();
    tokens.put(Optional.empty(), "nonsense");
    for (Role role : Role.values()) {
      tokens.put(Optional.of(role), vigie.issuer().token(role, "route-walker"));
    }
    List<String> wrong = new ArrayList<>();
    int calls = 0;
    for (String path : paths(service, vigie)) {
      for (String method : METHODS) {
        for (String accept : ACCEPTS) {
          for (Map.Entry<Optional<Role>, String> caller : tokens.entrySet()) {
            Call call = new Call(method, path, caller.getKey(), accept);
            HttpResponse<InputStream> answer = send(service, vigie, call, caller.getValue());
            answer.body().close();
            fault(service, call, answer)
                .ifPresent(why -> wrong.add(call + " " + answer.statusCode() + ": " + why));
            calls++;
          }
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(calls > 1_000, "only " + calls);
  }

  @Test
  void anAcceptThatNamesNoMediaTypesIsNotAcceptable(VigieStack vigie) throws Exception {
    Map<Service, String> routes =
        Map.of(ALERT, "/v1/thresholds", DASHBOARD, "/v1/exercises/success-rates");
    for (Map.Entry<Service, String> route : routes.entrySet()) {
      for (String accept : List.of("x", "a/b/c")) {
        Call call = new Call("GET", route.getValue(), Optional.of(Role.STAFF), accept);
        String token = vigie.issuer().token(Role.STAFF, "ada");
        HttpResponse<InputStream> answer = send(route.getKey(), vigie, call, token);
        answer.body().close();
        assertEquals(406, answer.statusCode(), call::toString);
      }
    }
  }

  private static Set<String> paths(Service service, VigieStack vigie) throws Exception {
    URI openApi = URI.create(vigie.url(service.port()) + "/q/openapi?format=json");
    JsonNode document =
        new ObjectMapper()
            .readTree(
                HTTP.send(HttpRequest.newBuilder(openApi).build(), BodyHandlers.ofString()).body());
    Set<String> paths = new TreeSet<>(OTHERS);
    document
        .get("paths")
        .fieldNames()
        .forEachRemaining(path -> paths.add(path.replaceAll("\\{[^}]*}", "none")));
    assertTrue(paths.size() > OTHERS.size(), "no routes");
    return paths;
  }

  private static HttpResponse<InputStream> send(
      Service service, VigieStack vigie, Call call, String token) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(vigie.url(service.port()) + call.path()))
            .method(call.method(), BodyPublishers.noBody())
            .header("Authorization", "Bearer " + token)
            .header("Accept", call.accept())
            .build(),
        BodyHandlers.ofInputStream());
  }

  private static Optional<String> fault(Service service, Call call, HttpResponse<?> answer) {
    int status = answer.statusCode();
    boolean found = status < 400;
    if (status >= 500 && answer.headers().firstValue("Retry-After").isEmpty()) {
      return Optional.of("a fault of the service");
    }
    boolean open = service.open().contains(call.path()) || call.method().equals("OPTIONS");
    if (found && !open && call.role().filter(service.roles()::contains).isEmpty()) {
      return Optional.of("this caller has no right to it");
    }
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
    boolean page = found && !call.path().startsWith("/v1/") && !call.path().startsWith("/q/");
    List<String> caching = answer.headers().allValues("Cache-Control");
    return caching.equals(List.of(page ? "no-cache" : "no-store"))
        ? Optional.empty()
        : Optional.of("Cache-Control" + caching);
  }
}
