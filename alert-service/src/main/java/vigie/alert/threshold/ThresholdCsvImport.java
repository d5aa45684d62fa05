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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import vigie.alert.problem.ProblemException;
import vigie.alert.quorum.UnavailableException;

/**
 * Sets the thresholds of a sheet, one after the other; each line succeeds or fails by itself. One
 * sheet at a time: of two at once the slower would win, line by line.
 */
@Singleton
class ThresholdCsvImport {

  private static final String UNAVAILABLE = "unavailable";

  private final ThresholdStore thresholds;
  private final AtomicBoolean underWay = new AtomicBoolean();

  ThresholdCsvImport(ThresholdStore thresholds) {
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

  /**
   * Sets the lines. One that not all servers could take leaves the rest not tried: each further one
   * would wait in vain, and a sheet has thousands.
   *
   * @param left whether its client has gone; then nothing more is set, so that a corrected sheet
   *     that comes next is not overwritten by this one
   */
  Report load(List<ThresholdCsv.Line> lines, String who, BooleanSupplier left)
      throws InterruptedException {
    if (!underWay.compareAndSet(false, true)) {
      throw new ProblemException(
          Status.SERVICE_UNAVAILABLE, "sheet-under-way", "Another sheet is being loaded");
    }
    try {
      List<Outcome> outcomes = new ArrayList<>(lines.size());
      boolean goesOn = true;
      for (ThresholdCsv.Line line : lines) {
        goesOn = goesOn && !left.getAsBoolean();
        int number = outcomes.size() + 2;
        Outcome outcome = goesOn ? tried(number, line, who) : notTried(number, line);
        goesOn = goesOn && !UNAVAILABLE.equals(outcome.code());
        outcomes.add(outcome);
      }
      return Report.of(outcomes);
    } finally {
      underWay.set(false);
    }
  }

  private Outcome tried(int number, ThresholdCsv.Line line, String who)
      throws InterruptedException {
    try {
      long version = set(line, who).version();
      return new Outcome(number, line.exerciseId(), Status.OK.getStatusCode(), version, null, null);
    } catch (ProblemException e) {
      return new Outcome(
          number, line.exerciseId(), e.status().getStatusCode(), null, e.code(), e.getMessage());
    }
  }

  private static Outcome notTried(int number, ThresholdCsv.Line line) {
    return new Outcome(
        number,
        line.exerciseId(),
        Status.SERVICE_UNAVAILABLE.getStatusCode(),
        null,
        "not-tried",
        "Nothing was changed: an earlier line was unavailable");
  }

  private Threshold set(ThresholdCsv.Line line, String who) throws InterruptedException {
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
      String code = e.getCause() instanceof UnavailableException ? UNAVAILABLE : "indeterminate";
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
