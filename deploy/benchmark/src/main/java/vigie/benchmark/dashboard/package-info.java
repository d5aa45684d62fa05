// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** How soon open pages show what was published, what that costs, and how smoothly the map pans. */
package vigie.benchmark.dashboard;
