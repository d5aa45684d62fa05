// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** What keeps a table from being written. Told by the table's thread, read by any. */
final class TableHealth {

  private static final String NOT_OPENED = "not opened yet";

  private final Map<Integer, String> stopped = new ConcurrentSkipListMap<>();
  private volatile String failure = NOT_OPENED;
  private volatile long confirmed = System.nanoTime();

  /** The table is open and Kafka answers. That alone does not prove a failure overcome. */
  void opened() {
    if (failure.equals(NOT_OPENED)) {
      failure = "";
    }
  }

  /** An interval passed and what came in it is committed. */
  void committed() {
    failure = "";
    confirmed = System.nanoTime();
  }

  /** Time since {@link #committed}, or since the start, in seconds. */
  double unconfirmed() {
    return (System.nanoTime() - confirmed) / 1e9;
  }

  void failed(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    failure = root == e ? e.toString() : "%s (%s)".formatted(e.getMessage(), root);
  }

  /** This partition is no longer archived, until an operator decides. */
  void stopped(int partition, String reason) {
    stopped.put(partition, reason);
  }

  /** This partition is archived, or no longer assigned to this instance. */
  void notStopped(int partition) {
    stopped.remove(partition);
  }

  int stoppedPartitions() {
    return stopped.size();
  }

  /** Empty when all is well. */
  Optional<String> complaint() {
    Stream<String> partitions =
        stopped.entrySet().stream()
            .map(entry -> "partition %d stopped: %s".formatted(entry.getKey(), entry.getValue()));
    return Stream.concat(Stream.of(failure).filter(reason -> !reason.isEmpty()), partitions)
        .reduce("%s; %s"::formatted);
  }
}
