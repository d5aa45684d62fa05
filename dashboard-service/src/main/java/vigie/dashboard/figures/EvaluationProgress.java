// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import java.time.Instant;

/** Whether alert-service compares results with thresholds as they come. */
public interface EvaluationProgress {

  /**
   * Until when results waited for longer than {@code vigie.dashboard.late-after}; {@link
   * Instant#MAX} while they do, {@link Instant#MIN} if they never did. Figures as of an earlier
   * instant may have results whose alerts they lack, and failures ÷ results is too low.
   */
  Instant lateUntil();
}
