// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.issuer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** For tests: an issuer publishes other keys than its own, or none, until this is closed. */
public final class KeyExchange {

  private final Path published;
  private final String own;

  private KeyExchange(Path published, String own) {
    this.published = published;
    this.own = own;
  }

  /** The keys of {@code next} in the place of those of {@code issuer}. */
  public static KeyExchange between(Issuer issuer, Issuer next) {
    KeyExchange exchange = of(issuer);
    exchange.publish(read(next.jwks()));
    return exchange;
  }

  /** The keys of {@code issuer} cannot be read. */
  public static KeyExchange outage(Issuer issuer) {
    KeyExchange exchange = of(issuer);
    try {
      Files.delete(exchange.published);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return exchange;
  }

  private static KeyExchange of(Issuer issuer) {
    return new KeyExchange(issuer.jwks(), read(issuer.jwks()));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void publish(String jwks) {
    Path draft = published.resolveSibling("jwks.draft");
    try {
      Files.writeString(draft, jwks);
      Files.move(draft, published, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void close() {
    publish(own);
  }
}
