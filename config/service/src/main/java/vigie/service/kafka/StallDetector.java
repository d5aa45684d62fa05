// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Detects assigned partitions whose leader the consumer cannot fetch from, though Kafka answers. A
 * consumer raises no error then: it keeps its place in the group, whose coordinator is another
 * broker, and what it last heard of its lag. So the position is compared with the end that a {@link
 * ClusterProbe} reports. A partition stalls when, for the timeout, no record came from it, its
 * position did not move, and its end was either beyond the position or not known. Paused partitions
 * do not stall, and none does while no broker answers: then another check reports that.
 *
 * <p>The partitions to which a loop writes what it reads are outputs: they stall when their leaders
 * do not answer, since the loop then gets no further either.
 *
 * <p>For the thread of the consumer only.
 */
public final class StallDetector {

  /** How long a partition may stall before it is reported. */
  public static final Duration TIMEOUT = Duration.ofSeconds(15);

  private static final Duration NOW = Duration.ZERO;

  /** Of the time between two polls this much counts: in the rest the consumer did not fetch. */
  private static final Duration LONGEST_POLL = Duration.ofSeconds(1);

  private static final long UNKNOWN = -1;

  private final ClusterProbe probe;
  private final Optional<String> group;
  private final Set<String> outputs;
  private final Duration timeout;
  private final LongSupplier nanos;
  private final Map<TopicPartition, Progress> progress = new HashMap<>();
  private Set<TopicPartition> stalled = Set.of();
  private CompletableFuture<ClusterView> query;
  private ClusterView view = ClusterView.NONE;
  private long updatedAt;
  private long nextQuery;
  private long leftAt;

  /** Since when the consumer may lack what a partition has, or cannot write to it. */
  private static final class Progress {

    private long position = UNKNOWN;
    private long since;
    private long polledNanos;

    /** Whether the leader did not answer the last query. */
    private boolean silent;

    Progress(long now) {
      since = now;
    }

    void made(long now) {
      since = now;
      polledNanos = 0;
      silent = false;
    }

    boolean stalls(long now, long patience) {
      return polledNanos > patience || (silent && now - since > patience);
    }
  }

  /**
   * @param group of the consumer, if it is in one
   * @param outputs the topics to which what is read is written
   * @param nanos a clock that only goes forward
   */
  public StallDetector(
      ClusterProbe probe,
      Optional<String> group,
      Set<String> outputs,
      Duration timeout,
      LongSupplier nanos) {
    this.probe = probe;
    this.group = group;
    this.outputs = Set.copyOf(outputs);
    this.timeout = timeout;
    this.nanos = nanos;
    this.updatedAt = nanos.getAsLong();
    this.nextQuery = updatedAt + interval();
  }

  /** The partitions that stall, to be updated after each poll of the consumer. */
  public Set<TopicPartition> update(Consumer<?, ?> consumer, ConsumerRecords<?, ?> polled) {
    long now = nanos.getAsLong();
    long polling = Math.min(now - updatedAt, LONGEST_POLL.toNanos());
    updatedAt = now;
    Set<TopicPartition> assigned = consumer.assignment();
    progress.keySet().removeIf(one -> !assigned.contains(one) && !outputs.contains(one.topic()));
    for (TopicPartition partition : assigned) {
      Progress one = progress.computeIfAbsent(partition, added -> new Progress(now));
      long position = position(consumer, partition);
      boolean moved = position != one.position;
      one.position = position;
      one.polledNanos += polling;
      if (moved || consumer.paused().contains(partition) || !polled.records(partition).isEmpty()) {
        one.made(now);
      }
    }
    compare(assigned, now);
    stalled =
        progress.entrySet().stream()
            .filter(one -> one.getValue().stalls(now, timeout.toNanos()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());
    return stalled;
  }

  /**
   * Whether another member of the group may be able to read what stalls here.
   *
   * @param delay how much longer than the timeout something has to have stalled
   */
  public boolean canHandOver(Consumer<?, ?> consumer, Duration delay) {
    long longest =
        stalled.stream()
            .mapToLong(partition -> updatedAt - progress.get(partition).since)
            .max()
            .orElse(0);
    if (longest <= timeout.plus(delay).toNanos()) {
      return false;
    }
    String own = consumer.groupMetadata().memberId();
    return view.members().stream().anyMatch(member -> !member.equals(own));
  }

  /** The consumer has left its group. */
  public void leave() {
    leftAt = nanos.getAsLong();
  }

  /**
   * After {@link #leave}: whether to stay out of the group. That lasts a timeout at least, and as
   * long as the leaders of the partitions that stalled do not answer; but only while another member
   * is there to read for this one.
   */
  public boolean staysAway() {
    long now = nanos.getAsLong();
    collect();
    ask(stalled, Set.of(), now);
    if (!view.answers() || view.members().isEmpty()) {
      return false;
    }
    return now - leftAt < timeout.toNanos() || !view.ends().keySet().containsAll(stalled);
  }

  private void compare(Set<TopicPartition> assigned, long now) {
    if (collect()) {
      if (!view.answers()) {
        progress.values().forEach(one -> one.made(now));
      }
      for (TopicPartition partition : view.silent()) {
        if (assigned.contains(partition) || outputs.contains(partition.topic())) {
          progress.computeIfAbsent(partition, added -> new Progress(now)).silent = true;
        }
      }
      for (Map.Entry<TopicPartition, Long> end : view.ends().entrySet()) {
        Progress one = progress.get(end.getKey());
        if (one != null) {
          one.silent = false;
          if (!assigned.contains(end.getKey()) || one.position >= end.getValue()) {
            one.made(now);
          }
        }
      }
    }
    ask(assigned, outputs, now);
  }

  /** Takes over the answer if it has come. */
  private boolean collect() {
    if (query == null || !query.isDone()) {
      return false;
    }
    view = query.join();
    query = null;
    return true;
  }

  private void ask(Set<TopicPartition> partitions, Set<String> topics, long now) {
    if (query == null && now - nextQuery >= 0 && !partitions.isEmpty()) {
      nextQuery = now + interval();
      query =
          probe
              .view(new ClusterProbe.Query(Set.copyOf(partitions), topics, group))
              .toCompletableFuture();
    }
  }

  /** Between two queries: an idle loop should cost little. */
  private long interval() {
    return timeout.dividedBy(3).toNanos();
  }

  /** Unknown as long as that, too, has to be read from a broker. */
  private static long position(Consumer<?, ?> consumer, TopicPartition partition) {
    try {
      return consumer.position(partition, NOW);
    } catch (TimeoutException e) {
      return UNKNOWN;
    }
  }
}
