// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** The Iceberg tables of the archive, as Spark sources with positions to resume from. */
package vigie.analytics.archive;
