// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * The streaming query: deduplication, aggregation and publication of each batch, and its
 * checkpoint.
 */
package vigie.analytics.stream;
