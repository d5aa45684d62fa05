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

class AnswersTest {

  private final PublicationsFixture publications =
      new PublicationsFixture(new SimpleMeterRegistry());
  private final Answers answers =
      new Answers(
          publications.publications(),
          DashboardConfigFixture.with(Map.of("vigie.dashboard.answers-kept", "2")));
  private final AtomicInteger queries = new AtomicInteger();

  private int ask(Object question) {
    return answers
        .of(question, () -> Uni.createFrom().item(queries::incrementAndGet))
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
        answers
            .of("rates", () -> Uni.createFrom().completionStage(slow))
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
        answers.of("rates", () -> Uni.createFrom().failure(new IllegalStateException("down")));
    assertThrows(IllegalStateException.class, () -> failing.await().indefinitely());
    assertEquals(1, ask("rates"));
  }

  @Test
  void manyDifferentQuestionsDoNotFillTheMemory() {
    publications.opened();
    assertEquals(1, ask("a"));
    assertEquals(2, ask("b"));
    assertEquals(3, ask("c"));
    assertEquals(4, ask("c"));
    assertEquals(1, ask("a"));
  }
}
