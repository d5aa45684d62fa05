// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** A seeded exam that knows the figures it must come to; some of its events come twice. */
final class RandomExam {

  /** What one exercise must come to. */
  record Truth(long n, double scoreSum, long failures) {}

  private static final double THRESHOLD = 40;
  private static final List<String> EXERCISES = List.of("c-pointers", "sql-joins", "été, \"2\"");
  private static final List<String> TYPES = List.of("PAGE_VIEW", "CLICK", "DWELL");

  private final Random random;
  private final Map<EventTable, List<Map<String, Object>>> sent = new HashMap<>();

  RandomExam(long seed) {
    random = new Random(seed);
  }

  /** New events of {@code table}, and some that were sent before. */
  List<Map<String, Object>> events(EventTable table, int size) {
    List<Map<String, Object>> before = sent.computeIfAbsent(table, t -> new ArrayList<>());
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      boolean again = !before.isEmpty() && random.nextInt(5) == 0;
      Map<String, Object> event = again ? before.get(random.nextInt(before.size())) : event(table);
      events.add(event);
      before.add(event);
    }
    return events;
  }

  /** The results' figures, counted without Spark. */
  Map<String, Truth> truth() {
    Map<String, Truth> truth = new TreeMap<>();
    for (Map<String, Object> result : distinct(EventTable.RESULTS)) {
      add(truth, result, new Truth(1, (double) result.get("score"), 0));
    }
    for (Map<String, Object> alert : distinct(EventTable.ALERTS)) {
      add(truth, alert, new Truth(0, 0, 1));
    }
    return truth;
  }

  private static void add(Map<String, Truth> truth, Map<String, Object> event, Truth more) {
    truth.merge(
        (String) event.get("exerciseId"),
        more,
        (a, b) -> new Truth(a.n + b.n, a.scoreSum + b.scoreSum, a.failures + b.failures));
  }

  private Collection<Map<String, Object>> distinct(EventTable table) {
    Set<Object> ids = new HashSet<>();
    return sent.getOrDefault(table, List.of()).stream()
        .filter(event -> ids.add(event.get("id")))
        .toList();
  }

  private Map<String, Object> event(EventTable table) {
    UUID id = new UUID(random.nextLong(), random.nextLong());
    if (table == EventTable.ACTIVITY) {
      String type = TYPES.get(random.nextInt(TYPES.size()));
      Map<String, Object> event = new HashMap<>(Map.of("id", id, "type", type));
      event.put("page", "/exercises/" + random.nextInt(4));
      event.put("durationMillis", type.equals("DWELL") ? (long) random.nextInt(90_000) : null);
      return event;
    }
    double score = random.nextInt(1001) / 10.0;
    Map<String, Object> event = new HashMap<>();
    event.put("id", id);
    event.put("exerciseId", EXERCISES.get(random.nextInt(EXERCISES.size())));
    event.put("latitude", 43 + random.nextInt(50) / 10.0);
    event.put("longitude", random.nextInt(50) / 10.0);
    event.put("score", table == EventTable.ALERTS ? score * THRESHOLD / 100 : score);
    event.put("studentId", "s-" + random.nextInt(100));
    event.put("eventId", id);
    return event;
  }
}
