// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import vigie.service.kafka.StallDetector;
import vigie.service.kafka.StallReason;
import vigie.service.kafka.SupervisedLoop;

/**
 * Reports partitions that a loop cannot fetch or append to, and decides when its consumer leaves
 * its group so that another instance goes on. A group hands over all partitions of a member or
 * none; where this instance is the only member, it stays and does what it can.
 *
 * <p>When no instance can append, the last member stays. Those that left return once the leader
 * answers them. A leader may answer and still take no records: then each further stay is twice as
 * long, so that the instances do not take turns. For the thread of one loop.
 */
public final class StallGuard {

  private static final Duration PAUSE = Duration.ofMillis(250);

  private final SupervisedLoop loop;
  private final Supplier<StallDetector> detectors;
  private final RejoinBackoff backoff;

  /** At random, so that of two members that stall the second sees that the first has left. */
  private final Duration delay;

  private StallDetector stalls;

  /**
   * @param detectors makes one for each session
   * @param timeout how long a partition may stall, and the shortest stay out of the group
   * @param nanos a clock that only goes forward
   */
  StallGuard(
      SupervisedLoop loop,
      Supplier<StallDetector> detectors,
      Duration timeout,
      LongSupplier nanos) {
    this.loop = loop;
    this.detectors = detectors;
    this.backoff = new RejoinBackoff(timeout, nanos);
    this.delay = Duration.ofNanos(ThreadLocalRandom.current().nextLong(timeout.toNanos() / 3));
  }

  /** To be called when a session begins. */
  public void begin() {
    stalls = detectors.get();
  }

  /** To be called after each poll. True when the consumer has to leave its group. */
  public boolean leavesAfter(Consumer<?, ?> consumer, ConsumerRecords<?, ?> polled) {
    loop.stalled(StallReason.NO_FETCH, stalls.update(consumer, polled));
    loop.stalled(StallReason.NO_APPEND, stalls.unappendable());
    boolean blocked = !stalls.unappendable().isEmpty();
    if (!stalls.canHandOver(consumer, blocked ? Duration.ZERO : delay)) {
      return false;
    }
    if (blocked) {
      // The next send would take longer than the delay.
      loop.pause(delay);
    }
    stalls.refresh(consumer);
    return stalls.canHandOver(consumer, Duration.ZERO);
  }

  /** Returns when the consumer, which has left, should join its group again. */
  public void stayAway() {
    loop.notReady("left its consumer group, for another instance to go on");
    Duration stay = backoff.begin();
    stalls.leave();
    while (loop.goesOn() && stalls.staysAway(stay)) {
      loop.pause(PAUSE);
    }
    backoff.end();
  }
}
