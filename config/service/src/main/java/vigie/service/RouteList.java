// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service;

import static java.util.stream.Collectors.joining;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Objects;

/**
 * Lists, at the management port, the paths that the public port answers beyond those of its OpenAPI
 * document. A test of access that walks both lists misses no route.
 */
@Singleton
class RouteList {

  private static final String PATH = "/q/routes";

  void register(@Observes ManagementInterface management, Router served) {
    management.router().get(PATH).handler(request -> request.end(paths(served)));
  }

  private static String paths(Router served) {
    return served.getRoutes().stream()
        .map(Route::getPath)
        .filter(Objects::nonNull)
        .distinct()
        .collect(joining("\n"));
  }
}
