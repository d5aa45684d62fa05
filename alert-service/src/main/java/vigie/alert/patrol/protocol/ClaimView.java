// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import vigie.alert.claim.Claim;

/** A claim as units see it; of the last three, only those of its ending are not null. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClaimView(
    UUID alertId,
    int claimNumber,
    String unitId,
    Instant claimedAt,
    Instant resolvedAt,
    String outcome,
    Instant releasedAt) {

  public static ClaimView of(Claim claim) {
    return new ClaimView(
        claim.alertId(),
        claim.number(),
        claim.unitId(),
        claim.claimedAt(),
        claim.resolution().map(Claim.Resolution::at).orElse(null),
        claim.resolution().map(Claim.Resolution::outcome).orElse(null),
        claim.releasedAt().orElse(null));
  }
}
