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
public class Answers {

  private record Edition(long number, Map<Object, Uni<?>> answers, AnswerBudget budget) {
    Edition(long number, AnswerBudget budget) {
      this(number, new ConcurrentHashMap<>(), budget);
    }
  }

  private final Publications publications;
  private final DashboardConfig config;
  private volatile Edition newest;

  Answers(Publications publications, DashboardConfig config) {
    this.publications = publications;
    this.config = config;
    this.newest = edition(0, config);
  }

  private static Edition edition(long number, DashboardConfig config) {
    return new Edition(number, new AnswerBudget(config.answersMemory().asLongValue()));
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
    Edition edition = edition(number.getAsLong());
    Map<Object, Uni<?>> answers = edition.answers();
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
                              if (!edition.budget().take(reader, bytes.applyAsLong(item))) {
                                answers.remove(q);
                              }
                            })
                        .memoize()
                        .indefinitely());
    return answer;
  }

  private Edition edition(long number) {
    Edition edition = newest;
    if (edition.number() == number) {
      return edition;
    }
    return renew(number);
  }

  private synchronized Edition renew(long number) {
    if (newest.number() < number) {
      newest = edition(number, config);
    }
    return newest.number() == number ? newest : edition(number, config);
  }
}
