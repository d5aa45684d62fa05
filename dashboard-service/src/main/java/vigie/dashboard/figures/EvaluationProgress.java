// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

/** Whether alert-service compares results with thresholds as they come. */
public interface EvaluationProgress {

  /**
   * Whether results wait for longer than {@code vigie.dashboard.late-after}. The archive then holds
   * results whose alerts do not exist yet, and failures ÷ results is too low.
   */
  boolean isLate();
}
