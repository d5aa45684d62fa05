// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import vigie.access.Roles;
import vigie.alert.access.Visitor;
import vigie.alert.problem.ProblemException;

/**
 * The staff's way to the thresholds. What sets one names its exercise in the normal form; what
 * reads or deletes one takes any name, since earlier releases took others.
 */
@Path("/v1/thresholds")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.STAFF, Roles.ADMIN})
public class ThresholdResource {

  private static final Logger LOG = Logger.getLogger(ThresholdResource.class);

  private final ThresholdStore thresholds;
  private final ThresholdCsvImport csvImport;
  private final Visitor visitor;

  ThresholdResource(ThresholdStore thresholds, ThresholdCsvImport csvImport, Visitor visitor) {
    this.thresholds = thresholds;
    this.csvImport = csvImport;
    this.visitor = visitor;
  }

  /** JSON, unless the client prefers CSV by naming it first, or by {@code format} in a link. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, ThresholdCsv.MEDIA_TYPE})
  public CompletionStage<Response> list(
      @HeaderParam(HttpHeaders.ACCEPT) String accept, @RestQuery String format) {
    boolean sheet =
        "csv".equals(format) || (accept != null && accept.startsWith(ThresholdCsv.MEDIA_TYPE));
    return thresholds
        .readAll()
        .map(ThresholdView.Listing::of)
        .map(
            all ->
                sheet
                    ? Response.ok(ThresholdCsv.write(all.thresholds()), ThresholdCsv.MEDIA_TYPE)
                        .header(HttpHeaders.CONTENT_DISPOSITION, ThresholdCsv.AS_FILE)
                        .build()
                    : Response.ok(all, MediaType.APPLICATION_JSON).build())
        .toCompletionStage();
  }

  /**
   * Returns when every line was tried, or the client has gone; the report says what became of each.
   */
  @PUT
  @RolesAllowed(Roles.ADMIN)
  @Consumes(ThresholdCsv.MEDIA_TYPE)
  public ThresholdCsvImport.Report load(String sheet, @Context RoutingContext request)
      throws InterruptedException {
    return csvImport.load(
        ThresholdCsv.read(sheet), visitor.name(), () -> request.response().closed());
  }

  @GET
  @Path("/{exerciseId}")
  public CompletionStage<Response> get(@RestPath String exerciseId) {
    return thresholds
        .read(Set.of(exerciseId))
        .map(read -> shown(exerciseId, ThresholdRules.known(exerciseId, read.get(exerciseId))))
        .toCompletionStage();
  }

  @PUT
  @RolesAllowed(Roles.ADMIN)
  @Path("/{exerciseId}")
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> put(
      @RestPath String exerciseId,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch,
      JsonNode body) {
    double value = percent(body);
    return change(
            ThresholdRules.exerciseId(exerciseId),
            Precondition.of(ifMatch, ifNoneMatch),
            OptionalDouble.of(value))
        .map(now -> shown(exerciseId, now))
        .toCompletionStage();
  }

  @DELETE
  @RolesAllowed(Roles.ADMIN)
  @Path("/{exerciseId}")
  public CompletionStage<Response> delete(
      @RestPath String exerciseId,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
    return change(exerciseId, Precondition.of(ifMatch, ifNoneMatch), OptionalDouble.empty())
        .map(now -> tagged(Response.noContent(), now))
        .toCompletionStage();
  }

  /**
   * An operator's word that a Redis server is gone for good, which settles a change that only it
   * did not confirm. The body has to say so, so that no operator gives that word without knowing.
   */
  @POST
  @RolesAllowed(Roles.ADMIN)
  @Path("/{exerciseId}/settlement")
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> settle(@RestPath String exerciseId, JsonNode body) {
    if (body == null || !body.path("serverIsGone").asBoolean(false)) {
      throw new ProblemException(
          Status.BAD_REQUEST, "malformed-settlement", "The body is not {\"serverIsGone\": true}");
    }
    String who = visitor.name();
    return thresholds
        .settle(exerciseId)
        .onSuccess(settled -> LOG.warnf("%s settled the threshold of %s", who, exerciseId))
        .map(read -> shown(exerciseId, ThresholdRules.known(exerciseId, read.get(exerciseId))))
        .toCompletionStage();
  }

  private Future<Threshold> change(
      String exerciseId, Precondition precondition, OptionalDouble value) {
    return thresholds
        .change(exerciseId, precondition, value, visitor.name())
        .map(change -> ThresholdRules.made(exerciseId, precondition, change));
  }

  private static Response shown(String exerciseId, Threshold threshold) {
    if (threshold.value().isEmpty()) {
      throw ThresholdRules.noThreshold(exerciseId);
    }
    return tagged(Response.ok(ThresholdView.of(exerciseId, threshold)), threshold);
  }

  private static Response tagged(ResponseBuilder response, Threshold threshold) {
    return response.tag(new EntityTag(Long.toString(threshold.version()))).build();
  }

  private static double percent(JsonNode body) {
    JsonNode threshold = body == null ? null : body.get("threshold");
    if (threshold == null || !threshold.isNumber()) {
      throw new ProblemException(
          Status.BAD_REQUEST, "malformed-threshold", "The body is not {\"threshold\": number}");
    }
    return ThresholdRules.percent(threshold.asDouble());
  }
}
