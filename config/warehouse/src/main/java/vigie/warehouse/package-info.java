// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * What everybody who commits to the tables of the archive must agree on: the catalog by which it is
 * done, and the properties that say how far each Kafka partition is archived.
 */
package vigie.warehouse;
