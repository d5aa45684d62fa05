// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.kafka;

import java.util.BitSet;

/**
 * How faults on a cluster ended.
 *
 * @param acknowledged the numbers of the records that Kafka said it had
 * @param stored what it has
 */
record Outcome(BitSet acknowledged, StoredRecords stored) {

  /** How many acknowledged records are gone: none, or a promise is broken. */
  int lost() {
    return stored.missing(acknowledged);
  }

  @Override
  public String toString() {
    return "%,d acknowledged, %,d stored, %d of the acknowledged lost, %d stored twice"
        .formatted(
            acknowledged.cardinality(), stored.numbers().cardinality(), lost(), stored.copies());
  }
}
