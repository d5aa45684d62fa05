// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.operate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.common.errors.ApiException;

/**
 * A folder in which a broker keeps copies.
 *
 * @param size bytes of the copies
 * @param total bytes of the volume; 0 where the broker does not say
 * @param usable bytes of the volume that are free
 * @param failure why the broker cannot use it
 */
record Disk(
    int broker, String folder, long size, long total, long usable, Optional<String> failure) {

  private static final long MEGABYTE = 1_000_000;

  static List<Disk> read(Admin admin, Collection<Integer> brokers)
      throws ExecutionException, InterruptedException {
    List<Disk> disks = new ArrayList<>();
    Map<Integer, Map<String, LogDirDescription>> described =
        admin.describeLogDirs(brokers).allDescriptions().get();
    for (int broker : brokers) {
      described
          .get(broker)
          .forEach((folder, description) -> disks.add(disk(broker, folder, description)));
    }
    return disks;
  }

  long megabytes() {
    return size / MEGABYTE;
  }

  long percentUsed() {
    return total == 0 ? 0 : 100 - 100 * usable / total;
  }

  Optional<String> fault(int mostPercent) {
    if (failure.isPresent()) {
      return Optional.of("broker %d cannot use %s: %s".formatted(broker, folder, failure.get()));
    }
    return percentUsed() > mostPercent
        ? Optional.of("the disk of broker %d is %d %% full".formatted(broker, percentUsed()))
        : Optional.empty();
  }

  private static Disk disk(int broker, String folder, LogDirDescription description) {
    return new Disk(
        broker,
        folder,
        description.replicaInfos().values().stream().mapToLong(ReplicaInfo::size).sum(),
        description.totalBytes().orElse(0),
        description.usableBytes().orElse(0),
        Optional.ofNullable(description.error()).map(ApiException::getMessage));
  }
}
