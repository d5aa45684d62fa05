// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vigie.access.Revocation.Kind;

/**
 * All that is known to be revoked: by operators, or because the issuer has withdrawn the key. Safe
 * for use by several threads. A component that keeps something open for a token observes {@link
 * Revocation}, which is fired when it counts already.
 *
 * <p>The records of the topic may come in any order and more than once, since a session that fails
 * is begun again. What an older record says is never put in the place of what a newer one says.
 */
@Singleton
public class Revocations {

  private final Map<Revocation, State> made = new ConcurrentHashMap<>();
  private final KeySet keys;
  private final Event<Revocation> news;

  Revocations(KeySet keys, Event<Revocation> news) {
    this.keys = keys;
    this.news = news;
  }

  /**
   * Where a record is in the topic.
   *
   * @param time the broker's, in milliseconds since 1970
   */
  record Origin(int partition, long offset, long time) {

    /**
     * Whether this was surely written after {@code other}. Between two partitions only the time
     * tells. In one the offset must say the same, since the broker's clock may have stepped back,
     * and a topic that is made anew begins at 0.
     */
    boolean isAfter(Origin other) {
      return time >= other.time && (partition != other.partition || offset > other.offset);
    }
  }

  /**
   * @param until see {@link Revocation#until}
   */
  private record State(boolean lifted, long until, Origin origin) {

    /** In doubt what is revoked stays so. */
    State followedBy(State next) {
      if (next.lifted) {
        return next.origin.isAfter(origin) ? next : this;
      }
      if (lifted) {
        return origin.isAfter(next.origin) ? this : next;
      }
      return new State(
          false, Math.max(until, next.until), next.origin.isAfter(origin) ? next.origin : origin);
    }
  }

  /** A subject gets new tokens from the next second on: a token tells whole seconds. */
  public boolean revokes(Pass pass) {
    if (!keys.holds(pass.key())) {
      return true;
    }
    return !made.isEmpty()
        && (pass.issuedAt() <= until(Kind.SUBJECT, pass.subject())
            || until(Kind.KEY, pass.key().kid()) > Long.MIN_VALUE
            || pass.id().filter(id -> until(Kind.TOKEN, id) > Long.MIN_VALUE).isPresent());
  }

  private long until(Kind kind, String name) {
    State state = made.get(new Revocation(kind, name));
    return state == null || state.lifted ? Long.MIN_VALUE : state.until;
  }

  void add(Revocation revocation, long until, Origin origin) {
    made.merge(revocation, new State(false, until, origin), State::followedBy);
    news.fire(revocation);
  }

  /** As if it had never been made. */
  void lift(Revocation revocation, Origin origin) {
    made.merge(revocation, new State(true, Long.MIN_VALUE, origin), State::followedBy);
  }
}
