// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * The proof that a threshold change is never missed: a {@link vigie.benchmark.consistency.Recorder}
 * notes what staff and laptops saw while a {@link vigie.benchmark.consistency.Fault} is played on
 * real processes, and a {@link vigie.benchmark.consistency.Checker} holds the {@link
 * vigie.benchmark.consistency.History} against the promise.
 */
package vigie.benchmark.consistency;
