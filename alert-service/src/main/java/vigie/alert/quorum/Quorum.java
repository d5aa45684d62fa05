// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.quorum;

/** How many replicas must hold what an answer of the primary rests on. */
public enum Quorum {
  /**
   * With the primary more than half of all servers: this primary has not been replaced. What it
   * answered may still be lost in a failover, unless it was held by all before.
   */
  MAJORITY {
    @Override
    int of(int replicas) {
      return (replicas + 1) / 2;
    }
  },
  /**
   * Every replica but one that an operator says is gone for good, and at least a majority. If the
   * lost server was the primary, one of those that are left was promoted and is not its own
   * replica: so again one fewer confirms than could be promoted before.
   */
  REMAINING {
    @Override
    int of(int replicas) {
      return Math.max(MAJORITY.of(replicas), replicas - 1);
    }
  },
  /** Every replica that could be promoted: whichever it is, it holds what was answered. */
  ALL {
    @Override
    int of(int replicas) {
      return replicas;
    }
  };

  abstract int of(int replicas);
}
