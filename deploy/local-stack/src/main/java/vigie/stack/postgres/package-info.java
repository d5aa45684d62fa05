// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** PostgreSQL: its server, its roles, and the database that is the catalog of the archive. */
package vigie.stack.postgres;
