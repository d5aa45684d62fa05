// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** The Iceberg tables, and the row that each makes of a Kafka record. */
package vigie.archive.table;
