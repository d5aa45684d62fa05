// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * <p>The partitions to which a loop writes what it reads are its outputs. A loop gets no further
 * either while it cannot append to one of them. An output stalls when, for the timeout, its leader
 * answers neither the probe nor the producer; or when, for the timeout, records failed although its
 * leader answers the probe.
 *
 * <p>For the thread of the consumer only.
 */
public final class StallDetector {

  /** How long a partition may stall before it is reported. */
  public static final Duration TIMEOUT = Duration.ofSeconds(15);

  private static final Duration NOW = Duration.ZERO;

  /** Of the time between two polls this much counts: in the rest the consumer did not fetch. */
  private static final Duration LONGEST_POLL = Duration.ofSeconds(1);

  /** Longer than a probe takes. */
  private static final Duration LONGEST_QUERY = Duration.ofSeconds(10);

  /** So many queries in a row that no broker answers mean that Kafka does not answer. */
  private static final int ATTEMPTS = 2;

  private static final long UNKNOWN = -1;

  private final ClusterProbe probe;
  private final Optional<String> group;
  private final Outputs outputs;
  private final Duration timeout;
  private final LongSupplier nanos;
  private final Map<TopicPartition, Progress> progress = new HashMap<>();

  /** Each partition that stalls, and since when. */
  private Map<TopicPartition, Long> unfetchable = Map.of();

  private Map<TopicPartition, Long> unappendable = Map.of();
  private CompletableFuture<ClusterView> query;
  private ClusterView view = ClusterView.NONE;

  /** Of the group, as last known. */
  private Set<String> members = Set.of();

  /** Queries in a row that no broker answered. */
  private int unanswered;

  private long updatedAt;
  private long nextQuery;
  private long leftAt;

  /** Since when Kafka answers; a record that failed before tells nothing of an output. */
  private long answersSince;

  private long refreshedAt;

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
   * @param outputs to which what is read is written
   * @param nanos a clock that only goes forward
   */
  public StallDetector(
      ClusterProbe probe,
      Optional<String> group,
      Outputs outputs,
      Duration timeout,
      LongSupplier nanos) {
    this.probe = probe;
    this.group = group;
    this.outputs = outputs;
    this.timeout = timeout;
    this.nanos = nanos;
    this.updatedAt = nanos.getAsLong();
    this.answersSince = updatedAt;
    this.refreshedAt = updatedAt;
    this.nextQuery = updatedAt + interval();
  }

  /**
   * The partitions that cannot be fetched, to be updated after each poll of the consumer. Waits for
   * the probe after a record failed: the loop was blocked by that for longer than an answer is
   * true.
   */
  public Set<TopicPartition> update(Consumer<?, ?> consumer, ConsumerRecords<?, ?> polled) {
    long now = nanos.getAsLong();
    long polling = Math.min(now - updatedAt, LONGEST_POLL.toNanos());
    updatedAt = now;
    Set<TopicPartition> assigned = consumer.assignment();
    progress.keySet().removeIf(one -> !assigned.contains(one) && !outputs.include(one));
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
    if (haveFailedSince(refreshedAt)) {
      refresh(consumer);
    } else {
      if (collect()) {
        compare(assigned, now);
      }
      ask(assigned, outputs.topics(), now);
      evaluate(assigned, now);
    }
    return unfetchable.keySet();
  }

  /** The outputs that stall, as of the last update. */
  public Set<TopicPartition> unappendable() {
    return unappendable.keySet();
  }

  /** Waits for what Kafka answers now, and updates all by that. */
  public void refresh(Consumer<?, ?> consumer) {
    Set<TopicPartition> assigned = consumer.assignment();
    query = null;
    boolean known = false;
    while (!known) {
      known =
          take(
              probe
                  .view(new ClusterProbe.Query(Set.copyOf(assigned), outputs.topics(), group))
                  .toCompletableFuture()
                  .completeOnTimeout(ClusterView.NONE, LONGEST_QUERY.toMillis(), MILLISECONDS)
                  .join());
    }
    long now = nanos.getAsLong();
    refreshedAt = now;
    nextQuery = now + interval();
    compare(assigned, now);
    evaluate(assigned, now);
  }

  private boolean haveFailedSince(long instant) {
    return outputs.failing(answersSince).values().stream()
        .anyMatch(failure -> failure.last() - instant > 0);
  }

  private void evaluate(Set<TopicPartition> assigned, long now) {
    Map<TopicPartition, Long> fetches = new HashMap<>();
    Map<TopicPartition, Long> appends = new HashMap<>();
    progress.forEach(
        (partition, one) -> {
          if (one.stalls(now, timeout.toNanos())) {
            if (assigned.contains(partition)) {
              fetches.put(partition, one.since);
            }
            if (one.silent && outputs.include(partition)) {
              appends.put(partition, one.since);
            }
          }
        });
    outputs
        .failing(answersSince)
        .forEach(
            (partition, failure) -> {
              long since = view.silent().contains(partition) ? failure.sent() : failure.first();
              if (view.answers() && failure.last() - since > timeout.toNanos()) {
                appends.merge(partition, since, Math::min);
              }
            });
    unfetchable = Map.copyOf(fetches);
    unappendable = Map.copyOf(appends);
  }

  /**
   * Whether another member of the group may be able to do what stalls here. None can while no
   * broker leads the partition.
   *
   * @param delay how much longer than the timeout something has to have stalled
   */
  public boolean canHandOver(Consumer<?, ?> consumer, Duration delay) {
    long now = nanos.getAsLong();
    long longest =
        Stream.of(unfetchable, unappendable)
            .flatMap(stalls -> stalls.entrySet().stream())
            .filter(stall -> !view.leaderless().contains(stall.getKey()))
            .mapToLong(stall -> now - stall.getValue())
            .max()
            .orElse(0);
    if (longest <= timeout.plus(delay).toNanos()) {
      return false;
    }
    String own = consumer.groupMetadata().memberId();
    return view.answers() && members.stream().anyMatch(member -> !member.equals(own));
  }

  /** The consumer has left its group. */
  public void leave() {
    leftAt = nanos.getAsLong();
  }

  /**
   * After {@link #leave}: whether to stay out of the group. That lasts {@code atLeast}, and as long
   * as the leaders of the partitions that stalled do not answer; but only while another member is
   * there to go on for this one.
   */
  public boolean staysAway(Duration atLeast) {
    long now = nanos.getAsLong();
    Set<TopicPartition> stalled =
        Stream.of(unfetchable, unappendable)
            .flatMap(stalls -> stalls.keySet().stream())
            .filter(partition -> partition.partition() >= 0)
            .collect(Collectors.toSet());
    collect();
    ask(stalled, outputs.topics(), now);
    if (!view.answers() || members.isEmpty()) {
      return false;
    }
    return now - leftAt < atLeast.toNanos() || !view.ends().keySet().containsAll(stalled);
  }

  private void compare(Set<TopicPartition> assigned, long now) {
    if (!view.answers()) {
      progress.values().forEach(one -> one.made(now));
      answersSince = now;
    }
    for (TopicPartition partition : view.silent()) {
      if (assigned.contains(partition) || outputs.include(partition)) {
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

  /** Takes over the answer if it has come. */
  private boolean collect() {
    if (query == null || !query.isDone()) {
      return false;
    }
    boolean known = take(query.join());
    query = null;
    return known;
  }

  /** False when that is nothing yet: one query may have been sent to a broker that is cut off. */
  private boolean take(ClusterView answer) {
    unanswered = answer.answers() ? 0 : unanswered + 1;
    members = answer.members().orElse(members);
    if (unanswered > 0 && unanswered < ATTEMPTS) {
      return false;
    }
    view = answer;
    return true;
  }

  private void ask(Set<TopicPartition> partitions, Set<String> topics, long now) {
    boolean due = query == null && now - nextQuery >= 0;
    if (due && !(partitions.isEmpty() && topics.isEmpty())) {
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
