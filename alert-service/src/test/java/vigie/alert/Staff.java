// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.awaitility.Awaitility;
import vigie.issuer.Role;

/** A person who reads and changes thresholds, and looks at how an instance does. */
public final class Staff {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int HTTP_OK = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final String management;
  private final String[] identity;

  /** An admin, with a token. */
  public Staff(AlertStack.Instance instance) {
    this(instance, "Authorization", "Bearer " + instance.token(Role.ADMIN, "staff"));
  }

  private Staff(AlertStack.Instance instance, String... identity) {
    this.url = "http://" + instance.address();
    this.management = "http://" + instance.management();
    this.identity = identity;
  }

  /** Sends no token but what a request is given. */
  static Staff withoutToken(AlertStack.Instance instance) {
    return new Staff(instance, new String[0]);
  }

  /** Sets a threshold, and sends again what is answered 503, as staff are told to. */
  public HttpResponse<String> set(String exercise, double value) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> put(exercise, value), answer -> answer.statusCode() == HTTP_OK);
  }

  public HttpResponse<String> put(String exercise, double value, String... headers) {
    return put(exercise, "{\"threshold\":%s}".formatted(value), headers);
  }

  public HttpResponse<String> put(String exercise, String body, String... headers) {
    HttpRequest.Builder request =
        threshold(exercise)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body));
    return send(with(request, headers));
  }

  public HttpResponse<String> delete(String exercise, String... headers) {
    return send(with(threshold(exercise).DELETE(), headers));
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send(with(request(path).GET(), headers));
  }

  /** Loads a sheet of thresholds. */
  public HttpResponse<String> load(String csv, String... headers) {
    HttpRequest.Builder request =
        request("/v1/thresholds")
            .header("Content-Type", "text/csv")
            .PUT(BodyPublishers.ofString(csv));
    return send(with(request, headers));
  }

  /**
   * What it says of itself.
   *
   * @param question such as {@code ready}
   */
  public HttpResponse<String> health(String question) {
    return send(HttpRequest.newBuilder(URI.create(management + "/q/health/" + question)));
  }

  /** What it answers at its management port. */
  public HttpResponse<String> management(String path) {
    return send(HttpRequest.newBuilder(URI.create(management + path)));
  }

  /** The sum of all samples of a metric. */
  public double metric(String name) {
    return send(HttpRequest.newBuilder(URI.create(management + "/q/metrics")))
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  public static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError("No JSON: " + response.body(), e);
    }
  }

  private HttpRequest.Builder threshold(String exercise) {
    return request("/v1/thresholds/" + exercise);
  }

  private HttpRequest.Builder request(String path) {
    return with(HttpRequest.newBuilder(URI.create(url + path)), identity);
  }

  private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("No answer from " + url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
