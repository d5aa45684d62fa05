// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestQuery;
import vigie.access.Roles;
import vigie.alert.problem.ProblemException;

/** Who changed which threshold when, newest first. */
@Path("/v1/threshold-changes")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.STAFF, Roles.ADMIN})
public class ThresholdAuditResource {

  private static final int LONGEST_PAGE = 1000;
  private static final Pattern ID = Pattern.compile("\\d{1,15}-\\d{1,15}");

  private final ThresholdStore thresholds;

  ThresholdAuditResource(ThresholdStore thresholds) {
    this.thresholds = thresholds;
  }

  @GET
  public CompletionStage<ThresholdAuditEntry.Page> list(
      @RestQuery String before, @RestQuery @DefaultValue("100") int limit) {
    if ((before != null && !ID.matcher(before).matches()) || limit < 1 || limit > LONGEST_PAGE) {
      throw new ProblemException(
          Status.BAD_REQUEST,
          "malformed-page",
          "before is the id of a change, limit is 1 to %d".formatted(LONGEST_PAGE));
    }
    return thresholds.changes(before == null ? "+" : "(" + before, limit).toCompletionStage();
  }
}
