// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** What keeps a table from being written. Told by the table's thread, read by any. */
final class TableHealth {

  private static final String NOT_OPENED = "not opened yet";

  private final Map<Integer, String> stopped = new ConcurrentSkipListMap<>();
  private volatile String failure = NOT_OPENED;

  /** The table is open and Kafka answers. That alone does not prove a failure overcome. */
  void opened() {
    if (failure.equals(NOT_OPENED)) {
      failure = "";
    }
  }

  /** An interval passed and what came in it is committed. */
  void committed() {
    failure = "";
  }

  void failed(Exception e) {
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

  /** This partition is archived, or is none of ours any more. */
  void notStopped(int partition) {
    stopped.remove(partition);
  }

  int stoppedPartitions() {
    return stopped.size();
  }

  /** Empty when all is well. */
  Optional<String> complaint() {
    String partitions =
        stopped.entrySet().stream()
            .map(entry -> "partition %d stopped: %s".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("; "));
    String all =
        failure.isEmpty() || partitions.isEmpty()
            ? failure + partitions
            : failure + "; " + partitions;
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }
}
