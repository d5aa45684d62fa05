// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Figures of a batch or of the whole archive. Nothing here writes. */
package vigie.analytics.aggregate;
