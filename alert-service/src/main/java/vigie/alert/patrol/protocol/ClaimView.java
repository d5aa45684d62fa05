// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import vigie.alert.claim.Claim;

/** A claim as units see it; the last two are null until it is resolved. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClaimView(
    UUID alertId, String unitId, Instant claimedAt, Instant resolvedAt, String outcome) {

  public static ClaimView of(Claim claim) {
    return new ClaimView(
        claim.alertId(),
        claim.unitId(),
        claim.claimedAt(),
        claim.resolution().map(Claim.Resolution::resolvedAt).orElse(null),
        claim.resolution().map(Claim.Resolution::outcome).orElse(null));
  }
}
