// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.issuer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * The keys of one folder: {@code signing-key.json}, which only its owner can read, and {@code
 * jwks.json}, the public half. Processes that begin together agree on one key: each writes a file
 * of its own, and only one of them gets the name.
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
        Path draft = draft("rw-r--r--", new JsonWebKeySet(key).toJson());
        Files.move(draft, jwks, StandardCopyOption.ATOMIC_MOVE);
      }
      return jwks;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void make() throws IOException, JoseException {
    Files.createDirectories(signing.getParent());
    EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    key.setKeyId(UUID.randomUUID().toString());
    key.setUse("sig");
    key.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    Path draft = draft("rw-------", key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
    try {
      Files.createLink(signing, draft);
    } catch (FileAlreadyExistsException another) {
      // Another process was first, and its key serves both.
    } finally {
      Files.delete(draft);
    }
  }

  private Path draft(String permissions, String content) throws IOException {
    FileAttribute<Set<PosixFilePermission>> attribute =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    Path draft = Files.createTempFile(signing.getParent(), "key", null, attribute);
    Files.writeString(draft, content);
    return draft;
  }
}
