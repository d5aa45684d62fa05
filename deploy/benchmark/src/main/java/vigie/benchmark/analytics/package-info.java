// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** What a batch of analytics-job costs, on archives that differ in size only. */
package vigie.benchmark.analytics;
