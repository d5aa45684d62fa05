// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.apache.kafka.common.utils.Utils;

/**
 * Names students, none twice. One partition of the results is kept for those who take only the
 * exercise that never changes: a result that waits for a change to settle holds back what follows
 * in its partition, and they must not wait.
 */
public final class Students {

  private static final int SETTLED_PARTITION = 0;

  private final String run;
  private final int partitions;
  private final AtomicInteger count = new AtomicInteger();

  public Students(String run, int partitions) {
    this.run = run;
    this.partitions = partitions;
  }

  String next() {
    return next(partition -> partition != SETTLED_PARTITION);
  }

  String nextOfSettledPartition() {
    return next(partition -> partition == SETTLED_PARTITION);
  }

  private String next(IntPredicate wanted) {
    while (true) {
      String name = run + "-s" + count.incrementAndGet();
      // As Kafka's producers choose the partition of a key.
      if (wanted.test(Utils.toPositive(Utils.murmur2(name.getBytes(UTF_8))) % partitions)) {
        return name;
      }
    }
  }
}
