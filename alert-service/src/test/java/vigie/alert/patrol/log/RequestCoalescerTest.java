// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RequestCoalescerTest {

  private final List<Set<String>> asked = new ArrayList<>();
  private final List<CompletableFuture<Map<String, Integer>>> answers = new ArrayList<>();
  private final RequestCoalescer<String, Integer> gathering =
      new RequestCoalescer<>(
          questions -> {
            asked.add(Set.copyOf(questions));
            answers.add(new CompletableFuture<>());
            return answers.get(answers.size() - 1);
          });

  @Test
  void whatIsAskedMeanwhileGoesOutTogetherNext() {
    var first = gathering.ask("a").toCompletableFuture();
    var again = gathering.ask("a").toCompletableFuture();
    var other = gathering.ask("b").toCompletableFuture();
    assertEquals(List.of(Set.of("a")), asked);
    answers.get(0).complete(Map.of("a", 1));
    assertEquals(1, first.join());
    assertFalse(again.isDone());
    assertEquals(List.of(Set.of("a"), Set.of("a", "b")), asked);
    answers.get(1).complete(Map.of("a", 2, "b", 3));
    assertEquals(2, again.join());
    assertEquals(3, other.join());
  }

  @Test
  void aFailureIsThatOfAllWhoAskedAndTheNextOnesAreAsked() {
    var first = gathering.ask("a").toCompletableFuture();
    var next = gathering.ask("a").toCompletableFuture();
    answers.get(0).completeExceptionally(new IllegalStateException("away"));
    assertTrue(first.isCompletedExceptionally());
    answers.get(1).complete(Map.of("a", 1));
    assertEquals(1, next.join());
  }

  @Test
  void whatIsThrownFailsThoseWhoAskedAndTheNextOnesAreAsked() {
    AtomicBoolean failing = new AtomicBoolean(true);
    RequestCoalescer<String, Integer> throwing =
        new RequestCoalescer<>(
            questions -> {
              if (failing.get()) {
                throw new AssertionError("deliberate");
              }
              return CompletableFuture.completedStage(Map.of("a", 1));
            });
    assertTrue(throwing.ask("a").toCompletableFuture().isCompletedExceptionally());
    failing.set(false);
    assertEquals(1, throwing.ask("a").toCompletableFuture().join());
  }
}
