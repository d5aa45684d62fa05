// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * An act that a system must refuse.
 *
 * @param refusal what the system answers: a part of the exception's class and message, or of its
 *     causes': a Kafka producer wraps what it was refused before
 */
record Attack(String name, Executable act, String refusal) {

  /** Begins at once, on a thread of {@code attackers}; the test awaits the refusal. */
  DynamicTest isRefused(Executor attackers) {
    CompletableFuture<Void> refused = CompletableFuture.runAsync(this::assertRefused, attackers);
    return DynamicTest.dynamicTest(name, refused::join);
  }

  private void assertRefused() {
    Throwable refused = assertThrows(Throwable.class, act);
    String answer =
        Stream.iterate(refused, cause -> cause != null, Throwable::getCause)
            .map(Throwable::toString)
            .collect(Collectors.joining("; "));
    assertTrue(answer.contains(refusal), answer);
  }
}
