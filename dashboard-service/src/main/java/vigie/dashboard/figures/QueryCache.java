// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import vigie.dashboard.DashboardConfig;
import vigie.dashboard.live.Publications;

/**
 * One query per publication and question, however many viewers ask.
 *
 * <p>An answer is kept under the number that the publication had <em>before</em> its query began. A
 * publication that arrives while the query runs raises the number, so an answer that may be of the
 * older figures is never found again. While the service does not listen to PostgreSQL, it keeps no
 * answer.
 *
 * <p>What is kept is bounded in bytes, and in number. One reader's questions take at most half of
 * the bytes, so that the other half is left for those of all others.
 */
@ApplicationScoped
public class QueryCache {

  private record Generation(long number, Map<Object, Uni<?>> answers, AnswerBudget budget) {
    Generation(long number, AnswerBudget budget) {
      this(number, new ConcurrentHashMap<>(), budget);
    }
  }

  private final Publications publications;
  private final DashboardConfig config;
  private volatile Generation current;

  QueryCache(Publications publications, DashboardConfig config) {
    this.publications = publications;
    this.config = config;
    this.current = generation(0, config);
  }

  private static Generation generation(long number, DashboardConfig config) {
    return new Generation(number, new AnswerBudget(config.answersMemory().asLongValue()));
  }

  /**
   * What {@code query} finds out; it is asked only when no caller asked it the same before.
   *
   * @param reader who asks, and pays for an answer that is kept
   * @param bytes how much memory an answer takes
   */
  public <T> Uni<T> of(
      Object question, String reader, Supplier<Uni<T>> query, ToLongFunction<T> bytes) {
    OptionalLong number = publications.number();
    if (number.isEmpty()) {
      return query.get();
    }
    Generation generation = generation(number.getAsLong());
    Map<Object, Uni<?>> answers = generation.answers();
    if (answers.size() >= config.answersKept() && !answers.containsKey(question)) {
      return query.get();
    }
    @SuppressWarnings("unchecked")
    Uni<T> answer =
        (Uni<T>)
            answers.computeIfAbsent(
                question,
                q ->
                    Uni.createFrom()
                        .deferred(query::get)
                        .onFailure()
                        .invoke(() -> answers.remove(q))
                        .onItem()
                        .invoke(
                            item -> {
                              if (!generation.budget().take(reader, bytes.applyAsLong(item))) {
                                answers.remove(q);
                              }
                            })
                        .memoize()
                        .indefinitely());
    return answer;
  }

  private Generation generation(long number) {
    Generation generation = current;
    if (generation.number() == number) {
      return generation;
    }
    return renew(number);
  }

  private synchronized Generation renew(long number) {
    if (current.number() < number) {
      current = generation(number, config);
    }
    return current.number() == number ? current : generation(number, config);
  }
}
