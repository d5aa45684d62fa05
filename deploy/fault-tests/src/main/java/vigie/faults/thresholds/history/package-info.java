// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * What was seen of thresholds from outside, and whether a register that promises what alert-service
 * promises could have shown it: the {@link vigie.faults.thresholds.history.Checker} reads a {@link
 * vigie.faults.thresholds.history.History}, one {@link vigie.faults.thresholds.history.Register}
 * per exercise.
 */
package vigie.faults.thresholds.history;
