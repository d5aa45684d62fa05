// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.figures;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import vigie.dashboard.DashboardConfig;
import vigie.dashboard.live.Publications;

/**
 * One query per publication and question, however many viewers ask.
 *
 * <p>An answer is kept under the number that the publication had <em>before</em> its query began. A
 * publication that arrives while the query runs raises the number, so an answer that may be of the
 * older figures is never found again. While the service does not listen to PostgreSQL, it keeps no
 * answer.
 */
@ApplicationScoped
public class Answers {

  private record Edition(long number, Map<Object, Uni<?>> answers) {
    Edition(long number) {
      this(number, new ConcurrentHashMap<>());
    }
  }

  private final Publications publications;
  private final DashboardConfig config;
  private volatile Edition newest = new Edition(0);

  Answers(Publications publications, DashboardConfig config) {
    this.publications = publications;
    this.config = config;
  }

  /** What {@code query} finds out; it is asked only when no caller asked it the same before. */
  public <T> Uni<T> of(Object question, Supplier<Uni<T>> query) {
    OptionalLong number = publications.number();
    if (number.isEmpty()) {
      return query.get();
    }
    Map<Object, Uni<?>> answers = edition(number.getAsLong()).answers();
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
      newest = new Edition(number);
    }
    return newest.number() == number ? newest : new Edition(number);
  }
}
