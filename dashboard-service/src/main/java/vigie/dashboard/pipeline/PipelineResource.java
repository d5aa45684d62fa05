// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.pipeline;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import vigie.access.Roles;
import vigie.dashboard.DashboardConfig;
import vigie.dashboard.figures.AsOf;
import vigie.dashboard.figures.Figures;
import vigie.dashboard.figures.QueryCache;
import vigie.dashboard.pipeline.Pipeline.GroupLag;
import vigie.dashboard.pipeline.Pipeline.Part;
import vigie.dashboard.pipeline.Pipeline.Topic;

/** The state of the pipeline: each part on its own, so that one that is down hides no other. */
@Path("/v1/pipeline")
@RolesAllowed({Roles.STAFF, Roles.ADMIN})
class PipelineResource {

  private record Answer<T>(T value, String problem) {}

  private static final int AS_OF_BYTES = 128;

  private final QueryCache cache;
  private final Figures figures;
  private final ConsumerLag consumerLag;
  private final TopicGrowth topicGrowth;
  private final PartHealth partHealth;
  private final DashboardConfig config;

  PipelineResource(
      QueryCache cache,
      Figures figures,
      ConsumerLag consumerLag,
      TopicGrowth topicGrowth,
      PartHealth partHealth,
      DashboardConfig config) {
    this.cache = cache;
    this.figures = figures;
    this.consumerLag = consumerLag;
    this.topicGrowth = topicGrowth;
    this.partHealth = partHealth;
    this.config = config;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<Pipeline> pipeline() {
    return Uni.combine()
        .all()
        .unis(
            answer(
                cache.of("as-of", "", figures::asOf, any -> AS_OF_BYTES),
                "PostgreSQL does not answer"),
            answer(consumerLag.now(), "Kafka does not answer"),
            answer(topicGrowth.now(), "Kafka does not answer"),
            partHealth.now())
        .with(this::join);
  }

  private static <T> Uni<Answer<T>> answer(Uni<T> source, String problem) {
    return source
        .map(value -> new Answer<>(value, null))
        .onFailure()
        .recoverWithItem(new Answer<>(null, problem));
  }

  private Pipeline join(
      Answer<AsOf> figures,
      Answer<List<GroupLag>> consumers,
      Answer<List<Topic>> topics,
      List<Part> parts) {
    AsOf asOf = figures.value() == null ? new AsOf(null, null) : figures.value();
    Long age =
        asOf.instant() == null ? null : Duration.between(asOf.instant(), Instant.now()).toMillis();
    return new Pipeline(
        asOf.instant(),
        asOf.heldBackBy(),
        age,
        config.staleAfter().toMillis(),
        figures.problem(),
        consumers.value(),
        topics.value(),
        consumers.problem() == null ? topics.problem() : consumers.problem(),
        parts);
  }
}
