// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether alerts, claims and hotspots are read. */
@Readiness
@Singleton
class FeedReadiness implements HealthCheck {

  private final FeedConsumer feed;

  FeedReadiness(FeedConsumer feed) {
    this.feed = feed;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("feed");
    return feed.notReadyReason()
        .map(why -> response.withData("reason", why).down())
        .orElseGet(response::up)
        .build();
  }
}
