// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.archive;

import java.util.BitSet;
import java.util.Map;

/**
 * What Kafka had acknowledged at one instant.
 *
 * @param numbers of the results
 * @param ends one after the last offset, by partition
 */
record AcknowledgedResults(BitSet numbers, Map<Integer, Long> ends) {}
