// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.fence;

/** How many replicas must hold what an answer of the primary rests on. */
public enum Quorum {
  /** More than half of the replicas: enough to know that this primary was not replaced. */
  MAJORITY {
    @Override
    int of(int replicas) {
      return replicas / 2 + 1;
    }
  },
  /** Every replica that could be promoted: whichever it is, it holds the write. */
  ALL {
    @Override
    int of(int replicas) {
      return replicas;
    }
  };

  abstract int of(int replicas);
}
