// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.redis;

import java.util.Locale;
import vigie.stack.process.TopologyName;

/** How the three servers of Redis are looked after. */
public enum RedisTopology {
  /** The primary stays the primary; while it is away, its clients wait. */
  REPLICATION,
  /** Three Sentinels put a replica in its place. */
  SENTINEL;

  public static RedisTopology parse(String name) {
    return TopologyName.find("Redis", values(), name);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
