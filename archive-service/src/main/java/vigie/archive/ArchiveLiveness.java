// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive while every table has its thread: a thread that is gone comes back with the process only.
 */
@Liveness
@Singleton
class ArchiveLiveness implements HealthCheck {

  private final ArchiveService service;

  ArchiveLiveness(ArchiveService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("archive threads")
        .status(service.loops().stream().allMatch(ArchiveLoop::isAlive))
        .build();
  }
}
