// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.pages;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * Has browsers keep the pages and their files, unlike all else. A file that is found is asked for
 * again each time; a library's path carries its version, so that it is not. What is not found is
 * never kept: another instance, of a newer version, may have it.
 */
@Singleton
class PageHeaders {

  /** After what all services put on their answers. */
  private static final int PRIORITY = 900;

  private static final String LIBRARIES = "/_static/";
  private static final List<String> FILES =
      List.of("/patrol-worker.js", "/app/", "/fonts/", "/map/", "/_importmap/", LIBRARIES);
  private static final Set<Integer> FOUND = Set.of(200, 206, 304);

  void register(@Observes Filters filters) {
    filters.register(PageHeaders::set, PRIORITY);
  }

  private static void set(RoutingContext context) {
    String path = context.normalizedPath();
    if (isPageOrFile(path)) {
      context.addHeadersEndHandler(
          end -> {
            if (FOUND.contains(context.response().getStatusCode())) {
              context.response().headers().set(HttpHeaders.CACHE_CONTROL, caching(path));
            }
          });
    }
    context.next();
  }

  /** Named one by one: other spellings of a figure's path, such as {@code /v1;a/…}, are figures. */
  private static boolean isPageOrFile(String path) {
    return path.equals("/") || FILES.stream().anyMatch(path::startsWith);
  }

  private static String caching(String path) {
    return path.startsWith(LIBRARIES) ? "public, immutable, max-age=31536000" : "no-cache";
  }
}
