// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.pipeline;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import vigie.dashboard.DashboardConfig;
import vigie.dashboard.figures.Figures;
import vigie.dashboard.pipeline.Pipeline.GroupLag;

/** The state of the pipeline: each part on its own, so that one that is down hides no other. */
@Path("/v1/pipeline")
class PipelineResource {

  private record Part<T>(T value, String problem) {}

  private final Figures figures;
  private final ConsumerLag consumerLag;
  private final DashboardConfig config;

  PipelineResource(Figures figures, ConsumerLag consumerLag, DashboardConfig config) {
    this.figures = figures;
    this.consumerLag = consumerLag;
    this.config = config;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<Pipeline> pipeline() {
    return Uni.combine()
        .all()
        .unis(
            part(figures.asOf().map(asOf -> asOf.orElse(null)), "PostgreSQL does not answer"),
            part(consumerLag.now(), "Kafka does not answer"))
        .with(this::join);
  }

  private static <T> Uni<Part<T>> part(Uni<T> source, String problem) {
    return source
        .map(value -> new Part<>(value, null))
        .onFailure()
        .recoverWithItem(new Part<>(null, problem));
  }

  private Pipeline join(Part<Instant> asOf, Part<List<GroupLag>> consumers) {
    Long age =
        asOf.value() == null ? null : Duration.between(asOf.value(), Instant.now()).toMillis();
    return new Pipeline(
        asOf.value(),
        age,
        config.staleAfter().toMillis(),
        asOf.problem(),
        consumers.value(),
        consumers.problem());
  }
}
