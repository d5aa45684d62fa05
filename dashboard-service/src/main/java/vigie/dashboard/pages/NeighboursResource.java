// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.pages;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import vigie.dashboard.DashboardConfig;

/** Where the pages find the other services. */
@Path("/v1/neighbours")
@Produces(MediaType.APPLICATION_JSON)
public class NeighboursResource {

  private final Neighbours neighbours;

  NeighboursResource(DashboardConfig config) {
    this.neighbours = new Neighbours(config.alertService());
  }

  /** Each as {@code host:port}, reached by the scheme that the page itself came by. */
  @RegisterForReflection
  record Neighbours(String alertService) {}

  @GET
  public Neighbours neighbours() {
    return neighbours;
  }
}
