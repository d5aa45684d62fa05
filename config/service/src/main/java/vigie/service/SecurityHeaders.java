// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Puts the same headers on every answer of a public port, whatever its status: a browser guesses no
 * type, embeds nothing and tells no other site of it, and neither it nor a proxy stores it. A
 * service that has pages says by {@code quarkus.http.header} what these may use.
 */
@Singleton
class SecurityHeaders {

  /** Before the check of origins (300), which may answer by itself. */
  private static final int PRIORITY = 1_000;

  private record Header(CharSequence name, CharSequence value) {
    Header(String name, String value) {
      this(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value));
    }
  }

  private static final List<Header> ALWAYS =
      List.of(
          new Header("Cache-Control", "no-store"),
          new Header("Cross-Origin-Resource-Policy", "same-origin"),
          new Header(
              "Permissions-Policy",
              "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"),
          new Header("Referrer-Policy", "no-referrer"),
          new Header("X-Content-Type-Options", "nosniff"));
  private static final Header POLICY =
      new Header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  private static final Header TRANSPORT =
      new Header("Strict-Transport-Security", "max-age=31536000");

  void register(@Observes Filters filters) {
    filters.register(SecurityHeaders::set, PRIORITY);
  }

  private static void set(RoutingContext context) {
    MultiMap headers = context.response().headers();
    ALWAYS.forEach(header -> headers.set(header.name(), header.value()));
    if (!headers.contains(POLICY.name())) {
      headers.set(POLICY.name(), POLICY.value());
    }
    if (context.request().isSSL()) {
      headers.set(TRANSPORT.name(), TRANSPORT.value());
    }
    context.next();
  }
}
