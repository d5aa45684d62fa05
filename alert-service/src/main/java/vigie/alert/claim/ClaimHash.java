// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.claim;

import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A claim as Redis keeps it: field, value, field, value, … */
final class ClaimHash {

  private ClaimHash() {}

  /** The fields of a claim that stands, but its number, which the script knows. */
  static List<String> write(Claim claim) {
    return List.of(
        "alert", claim.alertId().toString(),
        "student", claim.studentId(),
        "exercise", claim.exerciseId(),
        "score", Double.toString(claim.score()),
        "latitude", Double.toString(claim.latitude()),
        "longitude", Double.toString(claim.longitude()),
        "unit", claim.unitId(),
        "claimedAt", claim.claimedAt().toString());
  }

  /** The claim in {@code fields}, or nothing when there are none. */
  static Optional<Claim> read(Response fields) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < fields.size(); i += 2) {
      values.put(fields.get(i).toString(), fields.get(i + 1).toString());
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(claim(values));
  }

  private static Claim claim(Map<String, String> values) {
    return new Claim(
        UUID.fromString(values.get("alert")),
        Integer.parseInt(values.getOrDefault("number", "1")),
        values.get("student"),
        values.get("exercise"),
        Double.parseDouble(values.get("score")),
        Double.parseDouble(values.get("latitude")),
        Double.parseDouble(values.get("longitude")),
        values.get("unit"),
        Instant.parse(values.get("claimedAt")),
        Claim.ending(
            values.get("outcome"),
            instant(values.get("resolvedAt")),
            instant(values.get("releasedAt"))));
  }

  private static Instant instant(String text) {
    return text == null ? null : Instant.parse(text);
  }
}
