// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import vigie.dashboard.http.CsvTable;

/** The figures over HTTP, as JSON and as CSV. */
@Path("/v1")
@Produces({MediaType.APPLICATION_JSON, CsvTable.MEDIA_TYPE})
class FiguresResource {

  private final Figures figures;
  private final Answers answers;

  FiguresResource(Figures figures, Answers answers) {
    this.figures = figures;
    this.answers = answers;
  }

  @GET
  @Path("/exercises/success-rates")
  public Uni<SuccessRates> successRates() {
    return answers.of("success-rates", figures::successRates);
  }

  @GET
  @Path("/exercises/{id}/failure-places")
  public Uni<FailurePlaces> failurePlaces(
      @RestPath String id,
      @RestQuery @DefaultValue("100") String limit,
      @RestQuery @DefaultValue("5") String resolution) {
    PlacesQuestion question = PlacesQuestion.of(id, limit, resolution);
    return answers.of(question, () -> figures.failurePlaces(question));
  }

  @GET
  @Path("/exercises/{id}/scores")
  public Uni<ExerciseScores> scores(@RestPath String id) {
    return answers.of(List.of("scores", id), () -> figures.scores(id));
  }

  @GET
  @Path("/exercises/{id}/minutes")
  public Uni<ExerciseMinutes> minutes(@RestPath String id) {
    return answers.of(List.of("minutes", id), () -> figures.minutes(id));
  }

  @GET
  @Path("/activity/summary")
  public Uni<ActivitySummary> activity() {
    return answers.of("activity", figures::activity);
  }
}
