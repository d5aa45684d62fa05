// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.claim;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import vigie.events.DeploymentReport;

/**
 * That a unit answers an alert, and how that ended. Score in percent.
 *
 * @param number of the alert's claims, from 1; a claim that was given back is followed by another
 */
public record Claim(
    UUID alertId,
    int number,
    String studentId,
    String exerciseId,
    double score,
    double latitude,
    double longitude,
    String unitId,
    Instant claimedAt,
    Optional<Ending> ending) {

  private static final NameBasedGenerator REPORT_IDS =
      Generators.nameBasedGenerator(UUID.fromString("0c3f6a1e-8f0e-5d0b-9a55-2d7c5b1f4e90"));

  /** How a claim ended. */
  public sealed interface Ending {
    Instant at();
  }

  /** What came of it, in the unit's words. */
  public record Resolution(Instant at, String outcome) implements Ending {}

  /** The unit gave it back. */
  public record Release(Instant at) implements Ending {}

  public static Claim of(DeploymentReport report) {
    return new Claim(
        report.getAlertId(),
        report.getClaimNumber(),
        report.getStudentId(),
        report.getExerciseId(),
        report.getScore(),
        report.getLatitude(),
        report.getLongitude(),
        report.getUnitId(),
        report.getClaimedAt(),
        ending(report.getOutcome(), report.getResolvedAt(), report.getReleasedAt()));
  }

  /** None of the arguments is there while the claim stands. */
  static Optional<Ending> ending(String outcome, Instant resolvedAt, Instant releasedAt) {
    return outcome != null
        ? Optional.of(new Resolution(resolvedAt, outcome))
        : Optional.ofNullable(releasedAt).map(Release::new);
  }

  public boolean isOf(String unit) {
    return unitId.equals(unit);
  }

  public boolean cameTo(String outcome) {
    return resolution().map(Resolution::outcome).equals(Optional.of(outcome));
  }

  public Optional<Resolution> resolution() {
    return ending.filter(Resolution.class::isInstance).map(Resolution.class::cast);
  }

  public Optional<Instant> releasedAt() {
    return ending.filter(Release.class::isInstance).map(Ending::at);
  }

  public boolean isReleased() {
    return releasedAt().isPresent();
  }

  /** When it became what it is now. */
  public Instant changedAt() {
    return ending.map(Ending::at).orElse(claimedAt);
  }

  /** The first claim has the id that it had before claims could be given back. */
  private UUID reportId() {
    return REPORT_IDS.generate(number == 1 ? alertId.toString() : alertId + "/" + number);
  }

  DeploymentReport report() {
    return DeploymentReport.newBuilder()
        .setId(reportId())
        .setAlertId(alertId)
        .setStudentId(studentId)
        .setExerciseId(exerciseId)
        .setScore(score)
        .setLatitude(latitude)
        .setLongitude(longitude)
        .setUnitId(unitId)
        .setClaimedAt(claimedAt)
        .setResolvedAt(resolution().map(Resolution::at).orElse(null))
        .setOutcome(resolution().map(Resolution::outcome).orElse(null))
        .setClaimNumber(number)
        .setReleasedAt(releasedAt().orElse(null))
        .build();
  }
}
