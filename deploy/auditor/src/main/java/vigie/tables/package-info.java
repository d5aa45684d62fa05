// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0

/** How a command is told where the tables of the archive and their catalog are. */
package vigie.tables;
