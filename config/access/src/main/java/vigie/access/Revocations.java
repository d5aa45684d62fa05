// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vigie.access.Revocation.Kind;

/**
 * All that is known to be revoked. Safe for use by several threads. A component that keeps
 * something open for a token observes {@link Revocation}, which is fired when it counts already.
 */
@Singleton
public class Revocations {

  /** See {@link Revocation#until}. */
  private final Map<Revocation, Long> made = new ConcurrentHashMap<>();

  private final Event<Revocation> news;

  Revocations(Event<Revocation> news) {
    this.news = news;
  }

  /** A subject gets new tokens from the next second on: a token tells whole seconds. */
  public boolean revokes(Pass pass) {
    if (made.isEmpty()) {
      return false;
    }
    Long subject = made.get(new Revocation(Kind.SUBJECT, pass.subject()));
    return (subject != null && pass.issuedAt() <= subject)
        || pass.id().filter(id -> made.containsKey(new Revocation(Kind.TOKEN, id))).isPresent();
  }

  void add(Revocation revocation, long until) {
    made.put(revocation, until);
    news.fire(revocation);
  }

  /** As if it had never been made. */
  void lift(Revocation revocation) {
    made.remove(revocation);
  }
}
