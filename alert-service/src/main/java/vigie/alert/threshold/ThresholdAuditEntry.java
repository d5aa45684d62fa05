// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.List;

/**
 * Who changed which threshold to what, and when by the clock of Redis.
 *
 * @param threshold absent for a deletion
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record ThresholdAuditEntry(
    String id, Instant at, String who, String exerciseId, long version, Double threshold) {

  /** An entry of the stream: its id, which begins with milliseconds, and its fields in order. */
  static ThresholdAuditEntry of(Response entry) {
    String id = entry.get(0).toString();
    Response fields = entry.get(1);
    String value = fields.get(5).toString();
    return new ThresholdAuditEntry(
        id,
        Instant.ofEpochMilli(Long.parseLong(id.substring(0, id.indexOf('-')))),
        fields.get(7).toString(),
        fields.get(1).toString(),
        fields.get(3).toLong(),
        value.equals(Threshold.DELETED) ? null : Double.valueOf(value));
  }

  /**
   * A page, newest first.
   *
   * @param removed changes that Redis has no more, though Vigie removes none
   */
  @RegisterForReflection
  record Page(List<ThresholdAuditEntry> changes, long removed) {}
}
