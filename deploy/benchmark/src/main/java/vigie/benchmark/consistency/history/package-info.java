// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * What was seen of thresholds from outside, and whether a register that promises what alert-service
 * promises could have shown it: the {@link vigie.benchmark.consistency.history.Checker} reads a
 * {@link vigie.benchmark.consistency.history.History}, one {@link
 * vigie.benchmark.consistency.history.Register} per exercise.
 */
package vigie.benchmark.consistency.history;
