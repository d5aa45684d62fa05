// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vigie.access.Pass;
import vigie.ingest.model.SenderIdentity;

/**
 * Tokens that were verified, by exactly the text that was verified. Bounded in bytes, and for each
 * student in number, so that one student's tokens never displace those of many. Safe for use by
 * several threads: what is found by its token is held by the entry of its subject, and goes when
 * that goes.
 */
final class TokenCache {

  /** A laptop has one, and a second one while it is renewed. */
  static final int MOST_OF_SUBJECT = 4;

  /** About what a token costs beside the characters of its texts. */
  private static final int ENTRY_BYTES = 384;

  private final Map<String, Verified> byToken = new ConcurrentHashMap<>();
  private final Cache<String, List<Verified>> bySubject;

  /**
   * @param expiry seconds since 1970
   */
  record Verified(String token, SenderIdentity sender, Pass pass, long expiry) {

    private int bytes() {
      return ENTRY_BYTES
          + token.length()
          + 2 * pass.subject().length()
          + pass.id().map(String::length).orElse(0);
    }
  }

  TokenCache(long mostBytes) {
    bySubject =
        Caffeine.newBuilder()
            .maximumWeight(mostBytes)
            .weigher((String subject, List<Verified> all) -> weight(all))
            .evictionListener((subject, all, cause) -> forget(all))
            .executor(Runnable::run)
            .build();
  }

  /** Null when it is not remembered. */
  Verified get(String token) {
    Verified verified = byToken.get(token);
    if (verified != null) {
      var unused = bySubject.getIfPresent(verified.pass().subject());
    }
    return verified;
  }

  void add(Verified verified) {
    var unused =
        bySubject
            .asMap()
            .compute(verified.pass().subject(), (subject, before) -> with(verified, before));
  }

  /** How many are remembered. */
  int count() {
    return byToken.size();
  }

  /** The oldest one makes room. */
  private List<Verified> with(Verified verified, List<Verified> before) {
    List<Verified> all = new ArrayList<>(MOST_OF_SUBJECT + 1);
    if (before != null) {
      all.addAll(before);
    }
    all.removeIf(other -> other.token().equals(verified.token()));
    all.add(verified);
    byToken.put(verified.token(), verified);
    if (all.size() > MOST_OF_SUBJECT) {
      byToken.remove(all.remove(0).token());
    }
    return List.copyOf(all);
  }

  private void forget(List<Verified> all) {
    if (all != null) {
      all.forEach(verified -> byToken.remove(verified.token()));
    }
  }

  private static int weight(List<Verified> all) {
    return all.stream().mapToInt(Verified::bytes).sum();
  }
}
