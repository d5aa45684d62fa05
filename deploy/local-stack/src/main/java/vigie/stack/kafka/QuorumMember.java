// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import vigie.stack.process.ManagedProcess;

/** A ZooKeeper server or a controller: most of them together look after the brokers. */
public interface QuorumMember extends ManagedProcess {

  /** Whether the others follow this one. */
  boolean leads() throws Exception;
}
