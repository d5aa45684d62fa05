// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.operate;

import static java.util.stream.Collectors.toMap;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ElectionNotNeededException;

/** Has Kafka move copies, at a limited rate, and waits until it has. */
final class Moves {

  private static final long LOOK_MILLIS = 500;

  private final Admin admin;
  private final PrintStream out;

  Moves(Admin admin, PrintStream out) {
    this.admin = admin;
    this.out = out;
  }

  /**
   * Returns once all copies are where the plan wants them and lead as it wants. If this call ends
   * earlier, Kafka goes on at the same pace, and the next call lifts the limits.
   */
  void carryOut(Plan plan, Pace pace) throws ExecutionException, InterruptedException {
    Map<TopicPartition, List<Integer>> moves = plan.moves();
    moves.forEach((what, to) -> out.printf("%s: %s becomes %s%n", what, plan.now(what), to));
    out.printf("%d copies move%n", plan.copiesThatMove());
    if (pace.isDry()) {
      return;
    }
    Throttle throttle = new Throttle(admin);
    throttle.limit(plan, pace.bytes());
    admin
        .alterPartitionReassignments(
            moves.entrySet().stream()
                .collect(
                    toMap(
                        Map.Entry::getKey,
                        move -> Optional.of(new NewPartitionReassignment(move.getValue())))))
        .all()
        .get();
    awaitAll();
    throttle.lift();
    if (!moves.isEmpty()) {
      lead(moves.keySet());
    }
  }

  /** Waits until Kafka has moved everything, also what another caller began to move. */
  private void awaitAll() throws ExecutionException, InterruptedException {
    int last = -1;
    while (true) {
      int left = admin.listPartitionReassignments().reassignments().get().size();
      if (left != last) {
        out.printf("%d partitions are being moved%n", left);
        last = left;
      }
      if (left == 0) {
        return;
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  /** Kafka would do it too, at its next look. */
  private void lead(Set<TopicPartition> partitions)
      throws ExecutionException, InterruptedException {
    for (Map.Entry<TopicPartition, Optional<Throwable>> elected :
        admin.electLeaders(ElectionType.PREFERRED, partitions).partitions().get().entrySet()) {
      Throwable refusal = elected.getValue().orElse(null);
      if (refusal != null && !(refusal instanceof ElectionNotNeededException)) {
        throw new ExecutionException("no new leader for " + elected.getKey(), refusal);
      }
    }
  }
}
