// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** The Spark session, its functions, and what its exceptions and triggers mean. */
package vigie.analytics.spark;
