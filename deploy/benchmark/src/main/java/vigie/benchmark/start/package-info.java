// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0

/** What a start of all of Vigie takes and costs. */
package vigie.benchmark.start;
