// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.operate;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Which copies are to be on other brokers. Kafka's own {@code kafka-reassign-partitions --generate}
 * lays out every partition anew and so moves nearly all of the data; this moves as few copies as it
 * can, each to the broker that has the fewest, in a rack that has none of that partition.
 */
final class Plan {

  private final NavigableMap<Integer, String> brokers;
  private final Map<TopicPartition, List<Integer>> now = new LinkedHashMap<>();
  private final Map<TopicPartition, List<Integer>> wanted = new LinkedHashMap<>();
  private final Map<Integer, Integer> load = new HashMap<>();

  /**
   * @param brokers those that may have copies, with their racks
   */
  Plan(NavigableMap<Integer, String> brokers, List<Copies> partitions) {
    this.brokers = brokers;
    brokers.keySet().forEach(broker -> load.put(broker, 0));
    for (Copies one : partitions) {
      now.put(one.partition(), one.brokers());
      wanted.put(one.partition(), new ArrayList<>(one.brokers()));
      one.brokers().forEach(broker -> load.merge(broker, 1, Integer::sum));
    }
  }

  /** Takes every copy from this broker, which may have none. */
  Plan leave(int broker) {
    for (TopicPartition partition : wanted.keySet()) {
      if (wanted.get(partition).contains(broker)) {
        move(partition, broker, best(partition, broker).orElseThrow(() -> none(partition)));
      }
    }
    return this;
  }

  /** Moves copies from the brokers that have the most until none has two more than another. */
  Plan even() {
    boolean moved;
    do {
      moved = false;
      for (int giver : byLoad(Comparator.reverseOrder())) {
        moved |= giveOne(giver);
      }
    } while (moved);
    evenLeaders();
    return this;
  }

  /** The first broker of a partition leads it when all is well; to put another first is cheap. */
  private void evenLeaders() {
    Map<Integer, Integer> leads = new HashMap<>();
    wanted.values().forEach(copies -> leads.merge(copies.get(0), 1, Integer::sum));
    boolean changed;
    do {
      changed = false;
      for (List<Integer> copies : wanted.values()) {
        int first = copies.get(0);
        int fewest =
            Collections.min(copies, Comparator.comparing(one -> leads.getOrDefault(one, 0)));
        if (leads.getOrDefault(fewest, 0) + 1 < leads.get(first)) {
          Collections.swap(copies, 0, copies.indexOf(fewest));
          leads.merge(first, -1, Integer::sum);
          leads.merge(fewest, 1, Integer::sum);
          changed = true;
        }
      }
    } while (changed);
  }

  /** The partitions that change, with all brokers that are to have a copy, the leader first. */
  Map<TopicPartition, List<Integer>> moves() {
    Map<TopicPartition, List<Integer>> moves = new LinkedHashMap<>();
    wanted.forEach(
        (partition, to) -> {
          if (!to.equals(now.get(partition))) {
            moves.put(partition, List.copyOf(to));
          }
        });
    return moves;
  }

  /** How much data that is, in copies of partitions. */
  long copiesThatMove() {
    return wanted.entrySet().stream()
        .flatMap(one -> one.getValue().stream().filter(to -> !now.get(one.getKey()).contains(to)))
        .count();
  }

  /** Who has the partition's copies now. */
  List<Integer> now(TopicPartition partition) {
    return now.get(partition);
  }

  private boolean giveOne(int giver) {
    for (TopicPartition partition : wanted.keySet()) {
      if (wanted.get(partition).contains(giver)) {
        Optional<Integer> taker =
            best(partition, giver).filter(one -> load.get(one) + 1 < load.get(giver));
        if (taker.isPresent()) {
          move(partition, giver, taker.get());
          return true;
        }
      }
    }
    return false;
  }

  /** Who should have the copy of that broker: never one that makes two racks of it one. */
  private Optional<Integer> best(TopicPartition partition, int giver) {
    List<Integer> others = new ArrayList<>(wanted.get(partition));
    others.remove(Integer.valueOf(giver));
    Set<String> racks = racks(others);
    int apart = racks(wanted.get(partition)).size();
    return byLoad(Comparator.naturalOrder()).stream()
        .filter(one -> !wanted.get(partition).contains(one))
        .filter(one -> !brokers.containsKey(giver) || racksWith(racks, one) >= apart)
        .min(
            Comparator.comparing((Integer one) -> -racksWith(racks, one)).thenComparing(load::get));
  }

  private void move(TopicPartition partition, int from, int to) {
    List<Integer> copies = wanted.get(partition);
    copies.set(copies.indexOf(from), to);
    load.merge(from, -1, Integer::sum);
    load.merge(to, 1, Integer::sum);
  }

  private List<Integer> byLoad(Comparator<Integer> order) {
    return brokers.keySet().stream().sorted(Comparator.comparing(load::get, order)).toList();
  }

  private Set<String> racks(List<Integer> of) {
    return of.stream().filter(brokers::containsKey).map(brokers::get).collect(toSet());
  }

  private int racksWith(Set<String> racks, int broker) {
    return racks.size() + (racks.contains(brokers.get(broker)) ? 0 : 1);
  }

  private IllegalStateException none(TopicPartition partition) {
    return new IllegalStateException(
        "no broker is left for a copy of %s, which has %d: %d are there"
            .formatted(partition, now.get(partition).size(), brokers.size()));
  }
}
