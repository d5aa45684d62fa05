// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import vigie.service.kafka.StallDetector;

/**
 * Reports partitions that a loop cannot fetch, and decides when its consumer leaves its group so
 * that another instance reads them. A group hands over all partitions of a member or none; where
 * this instance is the only member, it stays and reads what it can. For the thread of one loop.
 */
public final class StallGuard {

  private static final Duration PAUSE = Duration.ofMillis(250);

  private final LoopThread loop;
  private final StallDetector stalls;

  /** At random, so that of two members that stall the second sees that the first has left. */
  private final Duration delay;

  /**
   * @param timeout the longest delay between a stall and the leaving
   */
  StallGuard(LoopThread loop, StallDetector stalls, Duration timeout) {
    this.loop = loop;
    this.stalls = stalls;
    this.delay = Duration.ofNanos(ThreadLocalRandom.current().nextLong(timeout.toNanos()));
  }

  /** To be called after each poll. True when the consumer has to leave its group. */
  public boolean leavesAfter(Consumer<?, ?> consumer, ConsumerRecords<?, ?> polled) {
    loop.standing(Standstill.NO_FETCH, stalls.update(consumer, polled));
    return stalls.canHandOver(consumer, delay);
  }

  /** Returns when the consumer, which has left, should join its group again. */
  public void stayAway() {
    loop.hindered("left its consumer group, for another instance to read what it cannot fetch");
    stalls.leave();
    while (loop.goesOn() && stalls.staysAway()) {
      loop.pause(PAUSE);
    }
  }
}
