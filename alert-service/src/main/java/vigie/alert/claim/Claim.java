// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.claim;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import vigie.events.DeploymentReport;

/** That a unit answers an alert, and what came of it once that is known. Score in percent. */
public record Claim(
    UUID alertId,
    String studentId,
    String exerciseId,
    double score,
    double latitude,
    double longitude,
    String unitId,
    Instant claimedAt,
    Optional<Resolution> resolution) {

  private static final NameBasedGenerator REPORT_IDS =
      Generators.nameBasedGenerator(UUID.fromString("0c3f6a1e-8f0e-5d0b-9a55-2d7c5b1f4e90"));

  /** What came of a claim, in the unit's words. */
  public record Resolution(Instant resolvedAt, String outcome) {}

  public static Claim of(DeploymentReport report) {
    return new Claim(
        report.getAlertId(),
        report.getStudentId(),
        report.getExerciseId(),
        report.getScore(),
        report.getLatitude(),
        report.getLongitude(),
        report.getUnitId(),
        report.getClaimedAt(),
        Optional.ofNullable(report.getOutcome())
            .map(outcome -> new Resolution(report.getResolvedAt(), outcome)));
  }

  public boolean isOf(String unit) {
    return unitId.equals(unit);
  }

  public boolean cameTo(String outcome) {
    return resolution.map(Resolution::outcome).equals(Optional.of(outcome));
  }

  /** When it became what it is now. */
  public Instant changedAt() {
    return resolution.map(Resolution::resolvedAt).orElse(claimedAt);
  }

  DeploymentReport report() {
    return DeploymentReport.newBuilder()
        .setId(REPORT_IDS.generate(alertId.toString()))
        .setAlertId(alertId)
        .setStudentId(studentId)
        .setExerciseId(exerciseId)
        .setScore(score)
        .setLatitude(latitude)
        .setLongitude(longitude)
        .setUnitId(unitId)
        .setClaimedAt(claimedAt)
        .setResolvedAt(resolution.map(Resolution::resolvedAt).orElse(null))
        .setOutcome(resolution.map(Resolution::outcome).orElse(null))
        .build();
  }
}
