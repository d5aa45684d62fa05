// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.time.Duration;
import vigie.service.kafka.SupervisedLoop;

/**
 * One table's loop. After any failure the table is opened again and goes on from its own offsets;
 * until then readiness reports why.
 */
final class ArchiveLoop {

  /** A commit repeats its requests to a frozen NameNode, and itself when others were faster. */
  private static final Duration MAX_TURN = Duration.ofMinutes(15);

  /** Opening may fail like anything after it. */
  interface Opening {
    Archiver open() throws Exception;
  }

  private final String table;
  private final Opening opening;
  private final TableHealth health;
  private final ArchiveMetrics metrics;
  private final SupervisedLoop supervised;

  ArchiveLoop(
      String table,
      Opening opening,
      Duration retryDelay,
      TableHealth health,
      ArchiveMetrics metrics) {
    this.table = table;
    this.opening = opening;
    this.health = health;
    this.metrics = metrics;
    this.supervised =
        new SupervisedLoop(
            "archive-" + table, new SupervisedLoop.Timing(retryDelay, MAX_TURN), this::session);
  }

  String table() {
    return table;
  }

  TableHealth health() {
    return health;
  }

  SupervisedLoop supervised() {
    return supervised;
  }

  private void session(SupervisedLoop loop) throws Exception {
    try (Archiver archiver = opening.open()) {
      archiver.run(loop);
    } catch (Throwable e) {
      health.failed(e);
      metrics.failed();
      throw e;
    }
  }
}
