// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Asks for many at once: questions that come while some are being answered go out together next, so
 * that each answer was found after its question came. Safe for use by several threads.
 */
public final class RequestCoalescer<Q, A> {

  private final Function<Set<Q>, CompletionStage<Map<Q, A>>> source;
  private Map<Q, CompletableFuture<A>> waiting = new HashMap<>();
  private boolean asking;

  /**
   * @param source answers all questions of a set, or fails them all
   */
  public RequestCoalescer(Function<Set<Q>, CompletionStage<Map<Q, A>>> source) {
    this.source = source;
  }

  public synchronized CompletionStage<A> ask(Q question) {
    CompletableFuture<A> answer =
        waiting.computeIfAbsent(question, asked -> new CompletableFuture<>());
    if (!asking) {
      next();
    }
    return answer.minimalCompletionStage();
  }

  private synchronized void next() {
    asking = !waiting.isEmpty();
    if (asking) {
      Map<Q, CompletableFuture<A>> asked = waiting;
      waiting = new HashMap<>();
      answers(asked.keySet())
          .whenComplete(
              (answers, failure) -> {
                asked.forEach((question, answer) -> complete(answer, answers, question, failure));
                next();
              });
    }
  }

  /** A source that throws fails this set only: what is asked next is asked. */
  private CompletionStage<Map<Q, A>> answers(Set<Q> questions) {
    try {
      return source.apply(questions);
    } catch (Throwable e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static <Q, A> void complete(
      CompletableFuture<A> answer, Map<Q, A> answers, Q question, Throwable failure) {
    if (failure == null) {
      answer.complete(answers.get(question));
    } else {
      answer.completeExceptionally(failure);
    }
  }
}
