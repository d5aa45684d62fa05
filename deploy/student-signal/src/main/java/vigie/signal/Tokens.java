// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import vigie.issuer.Grant;
import vigie.issuer.Issuer;
import vigie.issuer.Role;

/** The token of each student's laptop. Safe for use by several threads. */
interface Tokens {

  /** Where ingest-service asks for none. */
  Tokens NONE =
      new Tokens() {
        @Override
        public Optional<String> of(String student) {
          return Optional.empty();
        }

        @Override
        public String sender(Event event) {
          return "";
        }
      };

  /** The token to send events of {@code student} with. */
  Optional<String> of(String student);

  /** Who is to send the event: what several send may not be in one request. */
  String sender(Event event);

  /**
   * Those that the keys in {@code folder} sign, each made when it is needed, and again after half
   * its time.
   */
  static Tokens signedIn(Path folder) {
    Issuer issuer = Issuer.in(folder);
    Duration use = Grant.LIFETIME.dividedBy(2);
    record Kept(String token, Instant until) {}
    Map<String, Kept> kept = new ConcurrentHashMap<>();
    return new Tokens() {
      @Override
      public Optional<String> of(String student) {
        Instant now = Instant.now();
        return Optional.of(
            kept.compute(
                    student,
                    (name, old) ->
                        old != null && now.isBefore(old.until())
                            ? old
                            : new Kept(issuer.token(Role.LAPTOP, name), now.plus(use)))
                .token());
      }

      @Override
      public String sender(Event event) {
        return event.student();
      }
    };
  }
}
