// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.patrol;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What a unit asks, one question at a time, each until it is answered. For use under the lock of
 * its unit only.
 */
final class Questions {

  private static final Duration PAUSE_BEFORE_ASKING_AGAIN = Duration.ofMillis(500);
  private static final String UNAVAILABLE = "unavailable";

  private record Question(UUID alertId, String text, CompletableFuture<JsonNode> answer) {}

  private final Deque<Question> open = new ArrayDeque<>();

  /** Adds a question; its answer completes on another thread. */
  CompletableFuture<JsonNode> add(UUID alertId, String text) {
    Question question = new Question(alertId, text, new CompletableFuture<>());
    open.add(question);
    return question.answer();
  }

  /** The text to say now, or again. */
  Optional<String> next() {
    return Optional.ofNullable(open.peek()).map(Question::text);
  }

  boolean isOnly() {
    return open.size() == 1;
  }

  /** Takes over what may be an answer; tells after which time to say what comes next, or again. */
  Optional<Duration> answered(JsonNode frame) {
    Question asked = open.peek();
    if (asked == null || !frame.path("alertId").asText().equals(asked.alertId().toString())) {
      return Optional.empty();
    }
    if (frame.path("code").asText().equals(UNAVAILABLE)) {
      return Optional.of(PAUSE_BEFORE_ASKING_AGAIN);
    }
    Executor elsewhere = asked.answer().defaultExecutor();
    elsewhere.execute(() -> asked.answer().complete(frame));
    open.remove();
    return Optional.of(Duration.ZERO);
  }
}
