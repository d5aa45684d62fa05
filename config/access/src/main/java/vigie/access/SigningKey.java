// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import java.security.PublicKey;
import org.jose4j.jwk.PublicJsonWebKey;

/** A public key of the issuer. */
public record SigningKey(Id id, PublicKey key) {

  private static final char SEPARATOR = ' ';

  /**
   * Which key it is: an issuer may give the name of an old key to a new one.
   *
   * @param kid its name, as tokens have it
   * @param thumbprint of its material (RFC 7638)
   */
  public record Id(String kid, String thumbprint) {

    static Id of(PublicJsonWebKey key) {
      return new Id(key.getKeyId(), key.calculateBase64urlEncodedThumbprint("SHA-256"));
    }

    /** What {@link #text} made. */
    static Id parse(String text) {
      int end = text.indexOf(SEPARATOR);
      return new Id(text.substring(end + 1), text.substring(0, end));
    }

    String text() {
      return thumbprint + SEPARATOR + kid;
    }
  }

  static SigningKey of(PublicJsonWebKey key) {
    return new SigningKey(Id.of(key), key.getPublicKey());
  }
}
