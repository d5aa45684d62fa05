// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

/**
 * One of the logs that a partition has had. Offsets are unique within one of them.
 *
 * @param epoch counts them, from 0
 */
record LogNumber(int partition, int epoch) {}
