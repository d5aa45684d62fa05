// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.operate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class PlanTest {

  private static final int COPIES = 3;
  private static final int RACKS = 3;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final String clue = "seed " + seed;

  @RepeatedTest(100)
  void anAddedBrokerGetsItsShareAndNothingElseMoves() {
    NavigableMap<Integer, String> brokers = brokers(3 * (1 + random.nextInt(3)));
    List<Copies> partitions = layout(brokers, 10 + random.nextInt(90));
    Plan before = new Plan(brokers, partitions).even();
    List<Copies> even = after(before, partitions);
    int added = brokers.size() + 1;
    brokers.put(added, rack(added));

    Plan plan = new Plan(brokers, even).even();

    List<Copies> result = after(plan, even);
    assertEachHasAllCopiesApart(brokers, result);
    assertEquals(loads(brokers.keySet(), result).get(added), plan.copiesThatMove(), clue);
  }

  @RepeatedTest(100)
  void withinARackNoBrokerHasTwoMoreThanAnother() {
    NavigableMap<Integer, String> brokers = brokers(3 + random.nextInt(9));
    List<Copies> partitions = layout(brokers, 10 + random.nextInt(90));

    List<Copies> result = after(new Plan(brokers, partitions).even(), partitions);

    assertEachHasAllCopiesApart(brokers, result);
    Map<Integer, Long> loads = loads(brokers.keySet(), result);
    for (int rack = 0; rack < RACKS; rack++) {
      String name = "rack-" + rack;
      List<Long> ofRack =
          loads.entrySet().stream()
              .filter(one -> brokers.get(one.getKey()).equals(name))
              .map(Map.Entry::getValue)
              .toList();
      assertTrue(Collections.max(ofRack) - Collections.min(ofRack) <= 1, () -> clue + loads);
    }
  }

  @RepeatedTest(100)
  void aBrokerThatIsDrainedHasNothingAndNoOtherGivesAnything() {
    NavigableMap<Integer, String> brokers = brokers(4 + random.nextInt(8));
    List<Copies> partitions = layout(brokers, 10 + random.nextInt(90));
    int leaving = 1 + random.nextInt(brokers.size());
    long had = loads(brokers.keySet(), partitions).get(leaving);
    NavigableMap<Integer, String> others = new TreeMap<>(brokers);
    others.remove(leaving);

    Plan plan = new Plan(others, partitions).leave(leaving);

    List<Copies> result = after(plan, partitions);
    assertFalse(loads(brokers.keySet(), result).get(leaving) > 0, clue);
    assertEquals(had, plan.copiesThatMove(), clue);
    result.forEach(one -> assertEquals(COPIES, new HashSet<>(one.brokers()).size(), clue));
  }

  @Test
  void aBrokerWithoutWhichThereAreTooFewIsNotDrained() {
    NavigableMap<Integer, String> brokers = brokers(3);
    List<Copies> partitions = layout(brokers, 1);
    brokers.remove(2);

    Plan plan = new Plan(brokers, partitions);

    String refusal = assertThrows(IllegalStateException.class, () -> plan.leave(2)).getMessage();
    assertEquals("no broker is left for a copy of t-0, which has 3: 2 are there", refusal);
  }

  private void assertEachHasAllCopiesApart(
      NavigableMap<Integer, String> brokers, List<Copies> partitions) {
    for (Copies one : partitions) {
      assertEquals(COPIES, one.brokers().stream().map(brokers::get).distinct().count(), clue);
    }
  }

  private static NavigableMap<Integer, String> brokers(int count) {
    NavigableMap<Integer, String> brokers = new TreeMap<>();
    for (int id = 1; id <= count; id++) {
      brokers.put(id, rack(id));
    }
    return brokers;
  }

  private static String rack(int broker) {
    return "rack-" + broker % RACKS;
  }

  /** Each copy in a rack of its own, otherwise anywhere. */
  private List<Copies> layout(NavigableMap<Integer, String> brokers, int count) {
    List<Copies> partitions = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      List<Integer> ids = new ArrayList<>(brokers.keySet());
      Collections.shuffle(ids, random);
      Map<String, Integer> byRack = new HashMap<>();
      ids.forEach(id -> byRack.putIfAbsent(brokers.get(id), id));
      partitions.add(copies(new TopicPartition("t", number), List.copyOf(byRack.values())));
    }
    return partitions;
  }

  private static List<Copies> after(Plan plan, List<Copies> partitions) {
    Map<TopicPartition, List<Integer>> moves = plan.moves();
    return partitions.stream()
        .map(one -> copies(one.partition(), moves.getOrDefault(one.partition(), one.brokers())))
        .toList();
  }

  private static Copies copies(TopicPartition partition, List<Integer> brokers) {
    return new Copies(partition, brokers, brokers, brokers.get(0), 2);
  }

  private static Map<Integer, Long> loads(Collection<Integer> brokers, List<Copies> partitions) {
    Map<Integer, Long> loads = new HashMap<>();
    brokers.forEach(broker -> loads.put(broker, 0L));
    partitions.forEach(one -> one.brokers().forEach(broker -> loads.merge(broker, 1L, Long::sum)));
    return loads;
  }
}
