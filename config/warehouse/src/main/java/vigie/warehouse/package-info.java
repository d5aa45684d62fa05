// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * What all writers of the archive's tables must agree on. That is the catalog by which they commit,
 * and the properties that say how far each Kafka partition is archived.
 */
package vigie.warehouse;
