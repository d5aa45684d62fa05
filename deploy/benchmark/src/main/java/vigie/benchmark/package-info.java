// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** What the benchmarks share: the cost of a process, and how figures are printed. */
package vigie.benchmark;
