// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExamTest {

  private static final Instant START = Instant.parse("2026-06-15T07:00:00Z");

  @Test
  void theSameSeedAndStartGiveTheSameEvents() {
    assertEquals(events(7, START, 500), events(7, START, 500));
  }

  @Test
  void anotherRunOfTheSameSeedHasOtherIds() {
    assertNotEquals(id(events(7, START, 1)), id(events(7, START.plusSeconds(1), 1)));
  }

  @Test
  void scoresLookLikeAnExam() {
    List<Double> scores = results(8_000).map(r -> r.get("score").asDouble()).toList();
    double below40 = scores.stream().filter(s -> s < 40).count() / (double) scores.size();
    assertTrue(below40 > 0.05 && below40 < 0.4, "share below 40: " + below40);
    assertTrue(scores.stream().allMatch(s -> s >= 0 && s <= 100));
    assertTrue(scores.stream().distinct().count() > 300);
  }

  @Test
  void easyExercisesGoBetterThanHardOnes() {
    Map<String, Double> means =
        results(20_000)
            .collect(
                Collectors.groupingBy(
                    r -> r.get("exerciseId").asText(),
                    Collectors.averagingDouble(r -> r.get("score").asDouble())));
    assertEquals(12, means.size());
    assertTrue(means.get("c-makefile") > means.get("c-threads") + 15, means.toString());
  }

  @Test
  void townsAreDrawnByPopulation() {
    Town.ByPopulation towns = new Town.ByPopulation(Town.all());
    Random random = new Random(1);
    Map<String, Long> drawn =
        Stream.generate(() -> towns.draw(random))
            .limit(100_000)
            .collect(Collectors.groupingBy(Town::name, Collectors.counting()));
    double parisToLyon = drawn.get("Paris") / (double) drawn.get("Lyon");
    assertTrue(parisToLyon > 3.6 && parisToLyon < 4.6, "2,113,705 to 520,774: " + parisToLyon);
  }

  private static List<Event> events(long seed, Instant start, int count) {
    Exam exam = new Exam(seed, start, 100);
    return IntStream.range(0, count).mapToObj(i -> exam.next(start.plusMillis(i))).toList();
  }

  private static String id(List<Event> events) {
    return parse().apply(events.get(0).json()).get("id").asText();
  }

  private static Stream<JsonNode> results(int count) {
    return events(42, START, 4 * count).stream()
        .filter(e -> e.kind() == Event.Kind.RESULTS)
        .map(Event::json)
        .map(parse());
  }

  private static Function<String, JsonNode> parse() {
    ObjectMapper json = new ObjectMapper();
    return text -> {
      try {
        return json.readTree(text);
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    };
  }
}
