// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** A link cannot say {@code Accept}: {@code ?format=csv} says it instead. */
class CsvLink {

  @ServerRequestFilter(preMatching = true)
  void prefer(ContainerRequestContext request) {
    if ("csv".equals(request.getUriInfo().getQueryParameters().getFirst("format"))) {
      request.getHeaders().putSingle(HttpHeaders.ACCEPT, CsvTable.MEDIA_TYPE);
    }
  }
}
