// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
import vigie.issuer.Role;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/**
 * What an admin, and so anybody, does not find at the ports of our services: how they are at the
 * public ones, and what they serve at those of the management.
 */
record HttpAttacks(VigieStack vigie) {

  private static final List<Port> PUBLIC = List.of(Port.INGEST, Port.ALERT, Port.DASHBOARD);
  private static final List<Port> MANAGEMENT =
      List.of(Port.INGEST_MANAGEMENT, Port.ALERT_MANAGEMENT, Port.DASHBOARD_MANAGEMENT);
  private static final List<String> HEALTH =
      List.of("/q/metrics", "/q/health", "/q/health/live", "/q/health/ready", "/q//metrics");
  private static final List<String> SERVED =
      List.of("/", "/v1/results", "/v1/thresholds", "/v1/pipeline", "/q/openapi");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  Stream<Attack> all() {
    return Stream.concat(attacks(PUBLIC, HEALTH), attacks(MANAGEMENT, SERVED));
  }

  private Stream<Attack> attacks(List<Port> ports, List<String> paths) {
    return ports.stream().flatMap(port -> paths.stream().map(path -> attack(port, path)));
  }

  private Attack attack(Port port, String path) {
    return new Attack("HTTP: %s%s".formatted(port, path), () -> read(port, path), "answers 404");
  }

  private void read(Port port, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(vigie.url(port) + path))
            .header("Authorization", "Bearer " + vigie.issuer().token(Role.ADMIN, "eve"))
            .build();
    int status = HTTP.send(request, BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException(path + " answers " + status);
    }
  }
}
