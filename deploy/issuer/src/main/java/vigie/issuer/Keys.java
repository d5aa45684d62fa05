// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.issuer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import vigie.command.AtomicFile;

/**
 * The keys of one folder: {@code signing-key.json}, which only its owner can read, and {@code
 * jwks.json}, the public half. Processes that begin together agree on one key.
 */
final class Keys {

  private final Path signing;
  private final Path jwks;

  Keys(Path folder) {
    this.signing = folder.resolve("signing-key.json");
    this.jwks = folder.resolve("jwks.json");
  }

  EllipticCurveJsonWebKey readOrMake() {
    try {
      if (!Files.exists(signing)) {
        make();
      }
      return (EllipticCurveJsonWebKey)
          PublicJsonWebKey.Factory.newPublicJwk(Files.readString(signing));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JoseException | ClassCastException e) {
      throw new IllegalStateException(
          signing + " holds no key for ES256; delete it for a new one", e);
    }
  }

  /** Writes the public half where it is missing. */
  Path publish(EllipticCurveJsonWebKey key) {
    try {
      if (!Files.exists(jwks)) {
        AtomicFile.createIfAbsent(jwks, new JsonWebKeySet(key).toJson(), "rw-r--r--");
      }
      return jwks;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void make() throws IOException, JoseException {
    EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    key.setKeyId(UUID.randomUUID().toString());
    key.setUse("sig");
    key.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    AtomicFile.createIfAbsent(signing, key.toJson(OutputControlLevel.INCLUDE_PRIVATE), "rw-------");
  }
}
