// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Compacts the tables of the archive and expires their snapshots. */
package vigie.analytics.maintenance;
