// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.pages;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import vigie.access.Access;
import vigie.dashboard.DashboardConfig;

/** What the pages have to know before anybody has said who they are. */
@Path("/v1/neighbours")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class NeighboursResource {

  private final Neighbours neighbours;

  NeighboursResource(DashboardConfig config, Access access) {
    this.neighbours = new Neighbours(config.alertService(), access.isOpen() ? "open" : "tokens");
  }

  /**
   * @param alertService {@code host:port}, reached by the scheme that the page itself came by
   * @param access {@code tokens}, or {@code open} where no client needs one
   */
  @RegisterForReflection
  record Neighbours(String alertService, String access) {}

  @GET
  public Neighbours neighbours() {
    return neighbours;
  }
}
