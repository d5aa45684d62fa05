// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestPath;
import vigie.alert.problem.ProblemException;

/** The staff's way to the thresholds. */
@Path("/v1/thresholds")
@Produces(MediaType.APPLICATION_JSON)
public class ThresholdResource {

  private static final int LONGEST_ID = 200;

  private final Thresholds thresholds;

  ThresholdResource(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  @GET
  public CompletionStage<ThresholdView.Listing> list() {
    return thresholds
        .readAll()
        .map(
            all ->
                all.entrySet().stream()
                    .map(one -> ThresholdView.of(one.getKey(), one.getValue()))
                    .toList())
        .map(ThresholdView.Listing::new)
        .toCompletionStage();
  }

  @GET
  @Path("/{exerciseId}")
  public CompletionStage<Response> get(@RestPath String exerciseId) {
    return thresholds
        .read(Set.of(valid(exerciseId)))
        .map(read -> shown(exerciseId, read.get(exerciseId)))
        .toCompletionStage();
  }

  @PUT
  @Path("/{exerciseId}")
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> put(
      @RestPath String exerciseId,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch,
      JsonNode body) {
    double value = percent(body);
    return change(exerciseId, Precondition.of(ifMatch, ifNoneMatch), OptionalDouble.of(value))
        .map(now -> shown(exerciseId, now))
        .toCompletionStage();
  }

  @DELETE
  @Path("/{exerciseId}")
  public CompletionStage<Response> delete(
      @RestPath String exerciseId,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
    return change(exerciseId, Precondition.of(ifMatch, ifNoneMatch), OptionalDouble.empty())
        .map(now -> tagged(Response.noContent(), now))
        .toCompletionStage();
  }

  private Future<Threshold> change(
      String exerciseId, Precondition precondition, OptionalDouble value) {
    return thresholds
        .change(valid(exerciseId), precondition, value)
        .map(
            change -> {
              if (change.happened()) {
                return change.now();
              }
              throw precondition.equals(Precondition.ANY)
                  ? noThreshold(exerciseId)
                  : new ProblemException(
                      Status.PRECONDITION_FAILED,
                      "version-mismatch",
                      "The threshold of %s is at version %d"
                          .formatted(exerciseId, change.now().version()));
            });
  }

  private static Response shown(String exerciseId, Threshold threshold) {
    if (threshold.value().isEmpty()) {
      throw noThreshold(exerciseId);
    }
    return tagged(Response.ok(ThresholdView.of(exerciseId, threshold)), threshold);
  }

  private static Response tagged(ResponseBuilder response, Threshold threshold) {
    return response.tag(new EntityTag(Long.toString(threshold.version()))).build();
  }

  private static String valid(String exerciseId) {
    if (exerciseId.isBlank() || exerciseId.length() > LONGEST_ID) {
      throw new ProblemException(
          Status.BAD_REQUEST,
          "malformed-exercise-id",
          "An exercise's id has 1 to %d characters".formatted(LONGEST_ID));
    }
    return exerciseId;
  }

  private static double percent(JsonNode body) {
    JsonNode threshold = body == null ? null : body.get("threshold");
    if (threshold == null || !threshold.isNumber()) {
      throw new ProblemException(
          Status.BAD_REQUEST, "malformed-threshold", "The body is not {\"threshold\": number}");
    }
    double value = threshold.asDouble();
    if (!(value >= 0 && value <= 100)) {
      throw new ProblemException(
          Status.BAD_REQUEST, "threshold-out-of-range", "A threshold is a percentage, 0 to 100");
    }
    return value;
  }

  private static ProblemException noThreshold(String exerciseId) {
    return new ProblemException(
        Status.NOT_FOUND, "no-threshold", "%s has no threshold".formatted(exerciseId));
  }
}
