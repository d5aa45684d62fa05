// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.pipeline;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import vigie.dashboard.DashboardConfig;
import vigie.dashboard.live.AlertFeed;
import vigie.dashboard.live.AlertFeed.Missing;
import vigie.dashboard.live.FeedConsumer;
import vigie.dashboard.pipeline.Pipeline.State;

/**
 * Looks whether alerts could come, once for all viewers: an exam without alerts looks like one
 * whose alerts do not arrive, and pages must not leave open which it is.
 */
@ApplicationScoped
class UpstreamMonitor {

  private final KafkaAdmin kafka;
  private final PartHealth parts;
  private final AlertFeed feed;
  private final FeedConsumer loop;
  private final DashboardConfig config;
  private volatile Cancellable watching = () -> {};

  UpstreamMonitor(
      KafkaAdmin kafka,
      PartHealth parts,
      AlertFeed feed,
      FeedConsumer loop,
      DashboardConfig config) {
    this.kafka = kafka;
    this.parts = parts;
    this.feed = feed;
    this.loop = loop;
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    watching =
        Multi.createFrom()
            .ticks()
            .every(config.feedCheckInterval())
            .onOverflow()
            .drop()
            .onItem()
            .transformToUniAndConcatenate(tick -> look())
            .subscribe()
            .with(feed::lacks);
  }

  void stop(@Observes ShutdownEvent event) {
    watching.cancel();
  }

  /** Never fails: no answer is one. */
  private Uni<Missing> look() {
    Uni<Boolean> kafkaIsThere =
        inTime(kafka.ask(admin -> admin.describeCluster().nodes()).replaceWith(true));
    Uni<Boolean> alertServiceIsReady =
        inTime(parts.alertService().map(part -> part.state() == State.READY));
    return Uni.combine()
        .all()
        .unis(kafkaIsThere, alertServiceIsReady)
        .with(
            (broker, judge) ->
                !broker || loop.isStalled()
                    ? Missing.KAFKA
                    : !judge ? Missing.ALERT_SERVICE : Missing.NONE);
  }

  private Uni<Boolean> inTime(Uni<Boolean> answer) {
    return answer
        .ifNoItem()
        .after(config.feedCheckTimeout())
        .fail()
        .onFailure()
        .recoverWithItem(false);
  }
}
