// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import vigie.analytics.archive.EventTable;

/** A seeded exam that knows the figures it must come to; some of its events come twice. */
final class RandomExam {

  /** What one exercise, or one minute of it, must come to. */
  record Truth(long n, double scoreSum, long failures) {

    private Truth plus(Truth more) {
      return new Truth(n + more.n, scoreSum + more.scoreSum, failures + more.failures);
    }
  }

  private static final double THRESHOLD = 40;
  static final OffsetDateTime BEGIN = OffsetDateTime.parse("2026-06-15T08:00:30Z");
  private static final List<String> EXERCISES = List.of("c-pointers", "sql-joins", "été, \"2\"");
  private static final List<String> TYPES = List.of("PAGE_VIEW", "CLICK", "DWELL");

  private final Random random;
  private final Map<EventTable, List<Map<String, Object>>> sent = new HashMap<>();

  /**
   * By the broker's clock, in events so far; empty where archived rows are older than the column.
   */
  private OptionalLong appended = OptionalLong.empty();

  /** Asked by the thread of a {@link Reader}. */
  private final Set<Long> totals = ConcurrentHashMap.newKeySet();

  RandomExam(long seed) {
    random = new Random(seed);
    totals.add(0L);
  }

  /** From now on events have a broker's time; some laptops' clocks are two days behind it. */
  void haveBrokersTime() {
    haveBrokersTimeAfter(Duration.ZERO);
  }

  /** As the other, from this time after the beginning on. */
  void haveBrokersTimeAfter(Duration time) {
    appended = OptionalLong.of(time.toSeconds());
  }

  /** New events of {@code table}, and some that were sent before, for one commit. */
  List<Map<String, Object>> events(EventTable table, int size) {
    List<Map<String, Object>> before = sent.computeIfAbsent(table, t -> new ArrayList<>());
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      boolean again = !before.isEmpty() && random.nextInt(5) == 0;
      Map<String, Object> event =
          append(again ? before.get(random.nextInt(before.size())) : event(table));
      events.add(event);
      before.add(event);
      if (appended.isPresent() && random.nextInt(10) == 0) {
        Map<String, Object> other = otherContent(event);
        events.add(other);
        before.add(other);
      }
    }
    totals.add((long) distinct(EventTable.RESULTS).size());
    return events;
  }

  /** What one request brings under the same id, and so at the same time. */
  private Map<String, Object> otherContent(Map<String, Object> event) {
    Map<String, Object> other = new HashMap<>(event);
    if (other.replace("score", random.nextInt(400) / 10.0) == null) {
      other.put("page", "/exercises/" + random.nextInt(4));
    } else {
      other.put("latitude", 43 + random.nextInt(50) / 10.0);
    }
    return other;
  }

  /** A copy has a broker's time of its own. */
  private Map<String, Object> append(Map<String, Object> event) {
    if (appended.isEmpty()) {
      return event;
    }
    long number = appended.getAsLong();
    appended = OptionalLong.of(number + 1);
    Map<String, Object> copy = new HashMap<>(event);
    boolean clockIsOff = event.get("id").hashCode() % 10 == 0;
    copy.put("appendedAt", BEGIN.plusSeconds(number).plusDays(clockIsOff ? 2 : 0));
    return copy;
  }

  /** Whether there were so many different results before or after some commit. */
  boolean hadAfterACommit(long results) {
    return totals.contains(results);
  }

  /** The figures of each exercise, counted without Spark. */
  Map<String, Truth> byExercise() {
    return truth(event -> (String) event.get("exerciseId"));
  }

  /** Of each exercise and minute; with the epoch second that it begins with. */
  Map<String, Truth> byMinute() {
    return truth(event -> event.get("exerciseId") + " " + minute(event));
  }

  /** How many results of each exercise are in each tenth of the scores. */
  Map<String, Long> byDecile() {
    return distinct(EventTable.RESULTS).stream()
        .collect(
            groupingBy(
                result -> result.get("exerciseId") + " " + decile((double) result.get("score")),
                TreeMap::new,
                counting()));
  }

  /** How many results of each exercise are below {@code passMark}. */
  Map<String, Long> notPassed(double passMark) {
    Map<String, Long> notPassed = new TreeMap<>();
    byExercise().keySet().forEach(exercise -> notPassed.put(exercise, 0L));
    distinct(EventTable.RESULTS).stream()
        .filter(result -> (double) result.get("score") < passMark)
        .forEach(result -> notPassed.merge((String) result.get("exerciseId"), 1L, Long::sum));
    return notPassed;
  }

  /** How many different students sent results of each exercise. */
  Map<String, Integer> students() {
    Map<String, Set<Object>> students = new TreeMap<>();
    for (Map<String, Object> result : distinct(EventTable.RESULTS)) {
      students
          .computeIfAbsent((String) result.get("exerciseId"), id -> new HashSet<>())
          .add(result.get("studentId"));
    }
    Map<String, Integer> counts = new TreeMap<>();
    students.forEach((exercise, all) -> counts.put(exercise, all.size()));
    return counts;
  }

  /** Of each page the time that 95 % of those on it stayed no longer than, milliseconds. */
  Map<String, Long> longStays() {
    Map<String, List<Long>> stays = new TreeMap<>();
    for (Map<String, Object> activity : distinct(EventTable.ACTIVITY)) {
      if (activity.get("durationMillis") instanceof Long millis) {
        stays.computeIfAbsent((String) activity.get("page"), p -> new ArrayList<>()).add(millis);
      }
    }
    Map<String, Long> longest = new TreeMap<>();
    stays.forEach(
        (page, all) -> {
          all.sort(null);
          longest.put(page, all.get((95 * all.size() + 99) / 100 - 1));
        });
    return longest;
  }

  private Map<String, Truth> truth(Function<Map<String, Object>, String> key) {
    Map<String, Truth> truth = new TreeMap<>();
    for (Map<String, Object> result : distinct(EventTable.RESULTS)) {
      truth.merge(key.apply(result), new Truth(1, (double) result.get("score"), 0), Truth::plus);
    }
    for (Map<String, Object> alert : distinct(EventTable.ALERTS)) {
      truth.merge(key.apply(alert), new Truth(0, 0, 1), Truth::plus);
    }
    return truth;
  }

  private static long minute(Map<String, Object> event) {
    OffsetDateTime given =
        (OffsetDateTime) event.getOrDefault("occurredAt", event.get("timestamp"));
    OffsetDateTime broker = (OffsetDateTime) event.getOrDefault("appendedAt", given);
    boolean clockIsOff = Duration.between(given, broker).abs().compareTo(Duration.ofHours(12)) > 0;
    return (clockIsOff ? broker : given).truncatedTo(ChronoUnit.MINUTES).toEpochSecond();
  }

  private static int decile(double score) {
    return score == 100 ? 9 : (int) (score / 10);
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
      event.put("studentId", "s-" + random.nextInt(100));
      event.put("timestamp", BEGIN.plusSeconds(random.nextInt(600)));
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
    event.put(ExamArchive.instant(table), BEGIN.plusSeconds(random.nextInt(600)));
    return event;
  }
}
