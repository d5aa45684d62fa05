// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * The proof that a threshold change is never missed: a {@link vigie.faults.thresholds.Recorder}
 * notes what staff and laptops saw while a {@link vigie.faults.thresholds.Fault} is played on real
 * processes, and a {@link vigie.faults.thresholds.history.Checker} holds the {@link
 * vigie.faults.thresholds.history.History} against the promise.
 */
package vigie.faults.thresholds;
