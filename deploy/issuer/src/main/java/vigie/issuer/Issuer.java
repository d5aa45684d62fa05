// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.issuer;

import java.nio.file.Path;
import java.util.Map;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Signs tokens with the key of a folder. A process that reads this key can act as any user. */
public final class Issuer {

  public static final String NAME = "https://vigie.local";
  public static final String AUDIENCE = "vigie";

  private final Path jwks;
  private final EllipticCurveJsonWebKey key;

  private Issuer(Path jwks, EllipticCurveJsonWebKey key) {
    this.jwks = jwks;
    this.key = key;
  }

  /** The issuer whose keys are in {@code folder}; they are made if there are none. */
  public static Issuer in(Path folder) {
    Keys keys = new Keys(folder);
    EllipticCurveJsonWebKey key = keys.readOrMake();
    return new Issuer(keys.publish(key), key);
  }

  /** A token of half a day. */
  public String token(Role role, String subject) {
    return token(Grant.of(role, subject));
  }

  public String token(Grant grant) {
    return sign(grant.claims());
  }

  /** Signs whatever is claimed, also what no service accepts. */
  public String sign(JwtClaims claims) {
    JsonWebSignature token = new JsonWebSignature();
    token.setPayload(claims.toJson());
    token.setKey(key.getPrivateKey());
    token.setKeyIdHeaderValue(key.getKeyId());
    token.setHeader("typ", "JWT");
    token.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    try {
      return token.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("the token cannot be signed", e);
    }
  }

  /** The public keys, a JSON Web Key Set. */
  public Path jwks() {
    return jwks;
  }

  /** What a Quarkus service needs to know its tokens. */
  public Map<String, String> environment() {
    return Map.of(
        "MP_JWT_VERIFY_ISSUER", NAME, "MP_JWT_VERIFY_PUBLICKEY_LOCATION", jwks.toUri().toString());
  }
}
