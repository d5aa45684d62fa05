// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.quorum;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import vigie.alert.AlertConfig;
import vigie.alert.DeliberateFault;

/**
 * What makes an answer of Redis one that can be believed. Tests take one of these away, see {@link
 * DeliberateFault}; a service that is not under test has all of them.
 *
 * @param replicas how many confirm at most
 * @param readsConfirmed a read counts only when replicas confirm it
 * @param unheldByAll what is not known to be held by every server counts only when all confirm it
 * @param message what is new in the stream of replication, so that no old confirmation counts
 * @param confirming which confirmations a change needs
 */
record QuorumGuarantees(
    int replicas,
    boolean readsConfirmed,
    boolean unheldByAll,
    Request message,
    Confirming confirming) {

  private static final Request MESSAGE = Request.cmd(Command.PUBLISH).arg("vigie:fence").arg("");

  private enum Confirming {
    AS_ASKED,
    MAJORITY,
    NOT_AT_ALL
  }

  static QuorumGuarantees of(AlertConfig config) {
    if (config.replicas() < 1) {
      throw new IllegalArgumentException("vigie.alert.replicas must be 1 or more");
    }
    boolean unconfirmed =
        DeliberateFault.UNFENCED_READS.isOn(config) || DeliberateFault.REPLICA_READS.isOn(config);
    return new QuorumGuarantees(
        config.replicas(),
        !unconfirmed,
        !DeliberateFault.UNHELD_READS.isOn(config),
        DeliberateFault.NO_MESSAGE.isOn(config) ? Request.cmd(Command.PING) : MESSAGE,
        confirming(config));
  }

  private static Confirming confirming(AlertConfig config) {
    if (DeliberateFault.UNCONFIRMED_WRITES.isOn(config)) {
      return Confirming.NOT_AT_ALL;
    }
    return DeliberateFault.MAJORITY_WRITES.isOn(config) ? Confirming.MAJORITY : Confirming.AS_ASKED;
  }

  /** How many replicas have to confirm. */
  int needed(Quorum quorum) {
    return switch (confirming) {
      case AS_ASKED -> quorum.of(replicas);
      case MAJORITY -> Quorum.MAJORITY.of(replicas);
      case NOT_AT_ALL -> 0;
    };
  }
}
