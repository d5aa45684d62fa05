// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * Computes all figures again, compares them with the published ones, and replaces them on request.
 */
package vigie.analytics.recompute;
