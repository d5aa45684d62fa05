// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Writes figures to PostgreSQL, each batch once, in one transaction that readers see whole. */
package vigie.analytics.publish;
