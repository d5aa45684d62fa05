// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import vigie.dashboard.DashboardConfigFixture;
import vigie.dashboard.live.PublicationsFixture;

class QueryCacheTest {

  private final PublicationsFixture publications =
      new PublicationsFixture(new SimpleMeterRegistry());
  private final QueryCache cache =
      new QueryCache(
          publications.publications(),
          DashboardConfigFixture.with(
              Map.of(
                  "vigie.dashboard.answers-kept", "3", "vigie.dashboard.answers-memory", "1000")));
  private final AtomicInteger queries = new AtomicInteger();

  private int ask(Object question) {
    return ask(question, "ada", 1);
  }

  private int ask(Object question, String reader, long bytes) {
    return cache
        .of(question, reader, () -> Uni.createFrom().item(queries::incrementAndGet), any -> bytes)
        .await()
        .indefinitely();
  }

  @Test
  void manyViewersCostOneQueryPerPublication() {
    publications.opened();
    assertEquals(1, ask("rates"));
    assertEquals(1, ask("rates"));
    publications.published("1");
    assertEquals(2, ask("rates"));
    assertEquals(2, ask("rates"));
  }

  @Test
  void nothingIsKeptWhilePostgresIsNotListenedTo() {
    assertEquals(1, ask("rates"));
    assertEquals(2, ask("rates"));
    publications.opened();
    assertEquals(3, ask("rates"));
    publications.lost();
    assertEquals(4, ask("rates"));
  }

  @Test
  void anAnswerThatAPublicationOvertookIsNotGivenToAnyoneElse() {
    publications.opened();
    CompletableFuture<Integer> slow = new CompletableFuture<>();
    var early =
        cache
            .of("rates", "ada", () -> Uni.createFrom().completionStage(slow), any -> 1)
            .subscribeAsCompletionStage();
    publications.published("1");
    slow.complete(-1);
    assertEquals(-1, early.join());
    assertEquals(1, ask("rates"));
  }

  @Test
  void aFailureIsNotKept() {
    publications.opened();
    Uni<Integer> failing =
        cache.of(
            "rates",
            "ada",
            () -> Uni.createFrom().failure(new IllegalStateException("down")),
            any -> 1);
    assertThrows(IllegalStateException.class, () -> failing.await().indefinitely());
    assertEquals(1, ask("rates"));
  }

  @Test
  void manyDifferentQuestionsDoNotFillTheMemory() {
    publications.opened();
    assertEquals(1, ask("a"));
    assertEquals(2, ask("b"));
    assertEquals(3, ask("c"));
    assertEquals(4, ask("d"));
    assertEquals(5, ask("d"));
    assertEquals(1, ask("a"));
  }

  /** One reader gets half of the memory at most. */
  @Test
  void aGreedyReaderLeavesRoomForTheAnswersOfOthers() {
    publications.opened();
    assertEquals(1, ask("a", "greedy", 400));
    assertEquals(2, ask("b", "greedy", 400));
    assertEquals(3, ask("b", "greedy", 400));
    assertEquals(4, ask("c", "ada", 400));
    assertEquals(4, ask("c", "ada", 400));
    assertEquals(5, ask("d", "grace", 400));
    assertEquals(6, ask("d", "grace", 400));
    publications.published("1");
    assertEquals(7, ask("b", "greedy", 400));
    assertEquals(7, ask("b", "ada", 400));
  }
}
