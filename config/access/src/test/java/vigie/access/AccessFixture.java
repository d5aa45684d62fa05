// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** What a container would make. */
final class AccessFixture {

  private AccessFixture() {}

  /** Tokens are asked for; keys are read each second. */
  record Settings(
      Duration keysInterval,
      Duration keysKept,
      Optional<Path> keysCertificates,
      Duration longestLife,
      Optional<String> tokenType)
      implements AccessConfig {

    Settings() {
      this(
          Duration.ofSeconds(1),
          Duration.ofHours(24),
          Optional.empty(),
          Duration.ofHours(24),
          Optional.empty());
    }

    @Override
    public Mode mode() {
      return Mode.TOKENS;
    }

    Settings every(Duration interval) {
      return new Settings(interval, keysKept, keysCertificates, longestLife, tokenType);
    }

    Settings kept(Duration kept) {
      return new Settings(keysInterval, kept, keysCertificates, longestLife, tokenType);
    }

    Settings trusting(Path certificates) {
      return new Settings(
          keysInterval, keysKept, Optional.of(certificates), longestLife, tokenType);
    }

    Settings typed(String type) {
      return new Settings(keysInterval, keysKept, keysCertificates, longestLife, Optional.of(type));
    }
  }

  static Access access(AccessConfig config) {
    return new Access(config, Optional.of(HttpsIssuer.NAME), Optional.of(HttpsIssuer.AUDIENCE));
  }

  /** The keys of an issuer that has this one. */
  static KeySet holding(SigningKey.Id key) {
    Settings settings = new Settings();
    return new KeySet(access(settings), settings, Optional.empty(), events(new ArrayDeque<>())) {
      @Override
      boolean holds(SigningKey.Id other) {
        return other.equals(key);
      }
    };
  }

  /** Each event is put into {@code fired}. */
  @SuppressWarnings("unchecked")
  static Event<Revocation> events(Queue<Object> fired) {
    return (Event<Revocation>)
        Proxy.newProxyInstance(
            Event.class.getClassLoader(),
            new Class<?>[] {Event.class},
            (proxy, method, arguments) -> {
              fired.add(arguments[0]);
              return null;
            });
  }
}
