// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import vigie.stack.process.Part;

/** A ZooKeeper server or a controller: most of them together look after the brokers. */
public interface QuorumMember extends Part {

  /** Whether the others follow this one. */
  boolean leads() throws Exception;
}
