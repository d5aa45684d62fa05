// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/**
 * Why nothing came of what a unit said.
 *
 * @param alertId the alert that it said something about, or null
 * @param unitId the unit that holds the claim which is in the way, or null
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorView(String type, String code, String detail, UUID alertId, String unitId) {

  public ErrorView(String code, String detail, UUID alertId, String unitId) {
    this("error", code, detail, alertId, unitId);
  }

  public ErrorView(MalformedFrameException problem) {
    this(problem.code(), problem.getMessage(), null, null);
  }
}
