// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service;

import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a header {@code Accept} that names no media types, on which the framework fails. */
class AcceptHeader {

  @ServerRequestFilter(preMatching = true)
  void check(ContainerRequestContext request) {
    try {
      var unused = request.getAcceptableMediaTypes();
    } catch (IllegalArgumentException e) {
      throw new NotAcceptableException("The header Accept names no media types", e);
    }
  }
}
