// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.admission;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.websockets.next.HandshakeRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Looks at the subprotocol in which a browser hides its token, before Quarkus makes a header of it:
 * Quarkus would make one of any name, and an error of its own of what it cannot read.
 */
@Singleton
class SubprotocolTokenFilter {

  private static final String CARRIER = "quarkus-http-upgrade";
  private static final Pattern TOKEN =
      Pattern.compile(CARRIER + "#Authorization#Bearer [A-Za-z0-9._~+/=-]+");
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

  /** Between the check of origins (300) and what makes the header (220). */
  private static final int PRIORITY = 250;

  private static final int BAD_REQUEST = 400;

  void register(@Observes Filters filters) {
    filters.register(SubprotocolTokenFilter::check, PRIORITY);
  }

  private static void check(RoutingContext context) {
    List<String> protocols =
        context.request().headers().getAll(HandshakeRequest.SEC_WEBSOCKET_PROTOCOL).stream()
            .flatMap(COMMA::splitAsStream)
            .map(String::strip)
            .toList();
    List<String> carriers = protocols.stream().filter(one -> one.startsWith(CARRIER)).toList();
    if (carriers.isEmpty()
        || (carriers.size() == 1 && protocols.size() > 1 && holdsToken(carriers.get(0)))) {
      context.next();
    } else {
      var unused = context.response().setStatusCode(BAD_REQUEST).end();
    }
  }

  private static boolean holdsToken(String carrier) {
    try {
      return TOKEN.matcher(URLDecoder.decode(carrier, StandardCharsets.UTF_8)).matches();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
