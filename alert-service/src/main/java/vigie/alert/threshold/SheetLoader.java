// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import vigie.alert.problem.ProblemException;

/** Sets the thresholds of a sheet, one after the other; each line succeeds or fails by itself. */
@Singleton
class SheetLoader {

  private final Thresholds thresholds;

  SheetLoader(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  /**
   * What became of a line, in the words of {@code PUT /v1/thresholds/{exerciseId}}.
   *
   * @param line its number in the sheet, whose header is line 1
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Outcome(
      int line, String exerciseId, int status, Long version, String code, String detail) {}

  /** All outcomes, in the order of the lines. */
  @RegisterForReflection
  record Report(int changed, int failed, List<Outcome> lines) {

    static Report of(List<Outcome> lines) {
      int changed = (int) lines.stream().filter(line -> line.version() != null).count();
      return new Report(changed, lines.size() - changed, lines);
    }
  }

  Report load(List<ThresholdSheet.Line> lines, String who) throws InterruptedException {
    List<Outcome> outcomes = new ArrayList<>(lines.size());
    for (ThresholdSheet.Line line : lines) {
      int number = outcomes.size() + 2;
      try {
        long version = set(line, who).version();
        outcomes.add(
            new Outcome(number, line.exerciseId(), Status.OK.getStatusCode(), version, null, null));
      } catch (ProblemException e) {
        outcomes.add(
            new Outcome(
                number,
                line.exerciseId(),
                e.status().getStatusCode(),
                null,
                e.code(),
                e.getMessage()));
      }
    }
    return Report.of(outcomes);
  }

  private Threshold set(ThresholdSheet.Line line, String who) throws InterruptedException {
    String exercise = ThresholdRules.exerciseId(line.exerciseId());
    double value = ThresholdRules.percent(number(line.threshold()));
    Precondition precondition = precondition(line.version());
    try {
      return ThresholdRules.made(
          exercise,
          precondition,
          thresholds
              .change(exercise, precondition, OptionalDouble.of(value), who)
              .toCompletionStage()
              .toCompletableFuture()
              .get());
    } catch (ExecutionException e) {
      String code = e.getCause() instanceof UnavailableException ? "unavailable" : "indeterminate";
      throw new ProblemException(Status.SERVICE_UNAVAILABLE, code, e.getCause().getMessage());
    }
  }

  private static Precondition precondition(String version) {
    return Precondition.of(version == null || version.isEmpty() ? null : '"' + version + '"', null);
  }

  private static double number(String threshold) {
    try {
      return Double.parseDouble(threshold == null ? "" : threshold);
    } catch (NumberFormatException e) {
      throw new ProblemException(
          Status.BAD_REQUEST, "malformed-threshold", "'%s' is no number".formatted(threshold));
    }
  }
}
