// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.QuorumInfo.ReplicaState;
import vigie.stack.ports.Port;
import vigie.stack.process.ChildProcess;

/** One KRaft controller that is no broker. */
final class KafkaController implements QuorumMember {

  /** One that follows is told so a few times a second. */
  private static final long RECENT_MILLIS = 2_000;

  private final int id;
  private final KafkaAdminClients admins;
  private final Port port;
  private final ChildProcess process;
  private final Runnable preparation;

  KafkaController(
      int id, KafkaAdminClients admins, Port port, ChildProcess process, Runnable preparation) {
    this.id = id;
    this.admins = admins;
    this.port = port;
    this.process = process;
    this.preparation = preparation;
  }

  @Override
  public ChildProcess process() {
    return process;
  }

  @Override
  public void prepare() {
    preparation.run();
  }

  /** Whether it leads the quorum or follows closely. */
  @Override
  public boolean isReady() throws Exception {
    if (!admins.ports().answers(port)) {
      return false;
    }
    long recent = System.currentTimeMillis() - RECENT_MILLIS;
    return quorum().voters().stream()
        .filter(voter -> voter.replicaId() == id)
        .map(ReplicaState::lastCaughtUpTimestamp)
        .anyMatch(caughtUp -> caughtUp.orElse(0) > recent);
  }

  @Override
  public boolean leads() throws Exception {
    return quorum().leaderId() == id;
  }

  private QuorumInfo quorum() throws Exception {
    Admin admin = admins.atController(port);
    try {
      return admin.describeMetadataQuorum().quorumInfo().get(10, TimeUnit.SECONDS);
    } finally {
      // One that asked before any controller had registered knows none, looks again after five
      // minutes, and would not let itself be closed before.
      admin.close(Duration.ZERO);
    }
  }
}
