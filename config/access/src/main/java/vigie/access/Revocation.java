// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import java.util.Locale;
import java.util.Optional;

/**
 * What is revoked: one token, or all that a subject has been given so far. Its record in {@link
 * #TOPIC} has {@link #key} as key, a reason for people as value, and the broker's time as time.
 *
 * @param name the token's id, or the subject
 */
public record Revocation(Kind kind, String name) {

  /** Compacted: the newest record of each key is kept for ever. */
  public static final String TOPIC = "vigie.revocations";

  private static final char SEPARATOR = ':';

  /** What a revocation names. */
  public enum Kind {
    /** By its id, the claim {@code jti}. */
    TOKEN,
    /** By the claim {@code sub}. */
    SUBJECT
  }

  /** Such as {@code token:6f1c} and {@code subject:unit-1}. */
  public String key() {
    return kind.name().toLowerCase(Locale.ROOT) + SEPARATOR + name;
  }

  /** What a key says; empty when it names nothing that can be revoked. */
  static Optional<Revocation> of(String key) {
    for (Kind kind : Kind.values()) {
      String start = new Revocation(kind, "").key();
      if (key.length() > start.length() && key.startsWith(start)) {
        return Optional.of(new Revocation(kind, key.substring(start.length())));
      }
    }
    return Optional.empty();
  }
}
