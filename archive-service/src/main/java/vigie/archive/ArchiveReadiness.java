// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when every table is written; else each table that is not says why. */
@Readiness
@Singleton
class ArchiveReadiness implements HealthCheck {

  private final ArchiveService service;

  ArchiveReadiness(ArchiveService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("archive").up();
    for (ArchiveLoop loop : service.tables()) {
      Optional<String> complaint = loop.health().complaint();
      response.withData(loop.table(), complaint.orElse("archiving"));
      if (complaint.isPresent()) {
        response.down();
      }
    }
    return response.build();
  }
}
