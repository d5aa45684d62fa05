// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import vigie.access.Access;
import vigie.access.Roles;
import vigie.dashboard.http.CachedResponse;
import vigie.dashboard.http.CsvTable;

/** The figures over HTTP, as JSON and as CSV. */
@Path("/v1")
@Produces({MediaType.APPLICATION_JSON, CsvTable.MEDIA_TYPE})
@RolesAllowed({Roles.STAFF, Roles.ADMIN})
@RegisterForReflection(
    targets = {
      SuccessRates.class,
      SuccessRates.Others.class,
      ExerciseRate.class,
      FailurePlaces.class,
      FailurePlaces.Place.class,
      ExerciseScores.class,
      ExerciseScores.Tenth.class,
      ExerciseMinutes.class,
      ExerciseMinutes.Minute.class,
      ActivitySummary.class,
      ActivitySummary.PageActivity.class,
      ActivitySummary.OtherPages.class
    })
class FiguresResource {

  private final Figures figures;
  private final EvaluatedExercises evaluated;
  private final EvaluationProgress progress;
  private final QueryCache cache;
  private final ObjectMapper json;
  private final Access access;
  private final SecurityIdentity caller;
  @Context Request reader;
  @Context HttpHeaders headers;

  /**
   * @param caller stands for that of each request
   */
  FiguresResource(
      Figures figures,
      EvaluatedExercises evaluated,
      EvaluationProgress progress,
      QueryCache cache,
      ObjectMapper json,
      Access access,
      SecurityIdentity caller) {
    this.figures = figures;
    this.evaluated = evaluated;
    this.progress = progress;
    this.cache = cache;
    this.json = json;
    this.access = access;
    this.caller = caller;
  }

  @GET
  @Path("/exercises/success-rates")
  @APIResponseSchema(SuccessRates.class)
  public Uni<Response> successRates(
      @RestQuery @DefaultValue("0") String offset,
      @RestQuery @DefaultValue("100000") String limit) {
    RatesPage page = RatesPage.of(offset, limit);
    Instant lateUntil = progress.lateUntil();
    return evaluated
        .now()
        .flatMap(
            exercises ->
                kept(
                    List.of("success-rates", exercises, lateUntil),
                    () -> figures.successRates(exercises, lateUntil)))
        .map(
            all ->
                page.holds(all.value().exercises().size())
                    ? all
                    : new CachedResponse<>(all.value().page(page), json))
        .map(answer -> answer.to(reader, headers));
  }

  @GET
  @Path("/exercises/{id}/failure-places")
  @APIResponseSchema(FailurePlaces.class)
  public Uni<Response> failurePlaces(
      @RestPath String id,
      @RestQuery @DefaultValue("100") String limit,
      @RestQuery @DefaultValue("5") String resolution) {
    FailurePlacesQuery question = FailurePlacesQuery.of(id, limit, resolution);
    FailurePlacesQuery fetched = question.fetched();
    return kept(fetched, () -> figures.failurePlaces(fetched))
        .map(
            all ->
                question.equals(fetched)
                    ? all
                    : new CachedResponse<>(all.value().first(question.limit()), json))
        .map(answer -> answer.to(reader, headers));
  }

  @GET
  @Path("/exercises/{id}/scores")
  @APIResponseSchema(ExerciseScores.class)
  public Uni<Response> scores(@RestPath String id) {
    return answer(List.of("scores", id), () -> figures.scores(id));
  }

  @GET
  @Path("/exercises/{id}/minutes")
  @APIResponseSchema(ExerciseMinutes.class)
  public Uni<Response> minutes(@RestPath String id) {
    return answer(List.of("minutes", id), () -> figures.minutes(id));
  }

  @GET
  @Path("/activity/summary")
  @APIResponseSchema(ActivitySummary.class)
  public Uni<Response> activity() {
    return answer("activity", figures::activity);
  }

  private <T extends CsvTable> Uni<Response> answer(Object question, Supplier<Uni<T>> query) {
    return kept(question, query).map(answer -> answer.to(reader, headers));
  }

  private <T extends CsvTable> Uni<CachedResponse<T>> kept(
      Object question, Supplier<Uni<T>> query) {
    return cache.of(
        question,
        name(),
        () -> query.get().map(value -> new CachedResponse<>(value, json)),
        CachedResponse::bytes);
  }

  /** Where all is open, all are one. */
  private String name() {
    return access.isOpen() ? "" : caller.getPrincipal().getName();
  }
}
