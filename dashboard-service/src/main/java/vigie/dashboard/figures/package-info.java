// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** The figures of the newest publication, each answer from one snapshot of the database. */
package vigie.dashboard.figures;
