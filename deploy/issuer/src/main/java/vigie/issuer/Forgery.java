// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.security.Key;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * For tests: tokens that no service may accept. An attacker who knows all that is public can make
 * them.
 */
public final class Forgery {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final long LATER = 600;
  private static final long AGO = 5;

  /** Bytes of an ES256 signature. Some versions of Java accepted zeroes as a signature. */
  private static final int SIGNATURE = 64;

  private final Issuer issuer;
  private final Grant grant;
  private final EllipticCurveJsonWebKey published;
  private final EllipticCurveJsonWebKey own;
  private final Key ownRsa;

  private Forgery(Issuer issuer, Grant grant) throws IOException, JoseException {
    this.issuer = issuer;
    this.grant = grant;
    this.published =
        (EllipticCurveJsonWebKey)
            new JsonWebKeySet(Files.readString(issuer.jwks())).getJsonWebKeys().get(0);
    this.own = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    this.ownRsa = RsaJwkGenerator.generateJwk(2048).getPrivateKey();
  }

  /** Tokens that claim what {@code grant} would give, by what is wrong with each. */
  public static Map<String, String> tokens(Issuer issuer, Grant grant) {
    try {
      return new Forgery(issuer, grant).tokens();
    } catch (IOException | JoseException e) {
      throw new IllegalStateException("the tokens cannot be forged", e);
    }
  }

  private Map<String, String> tokens() throws JoseException {
    String genuine = issuer.token(grant);
    String[] parts = genuine.split("\\.", -1);
    String[] others = issuer.token(grant.role(), "somebody-else").split("\\.", -1);
    NumericDate later = NumericDate.fromSeconds(NumericDate.now().getValue() + LATER);
    NumericDate earlier = NumericDate.fromSeconds(NumericDate.now().getValue() - AGO);
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("expired", claiming(claims -> endAt(claims, earlier)));
    tokens.put("not yet valid", claiming(claims -> claims.setNotBefore(later)));
    tokens.put("never expires", claiming(claims -> claims.unsetClaim("exp")));
    tokens.put("wrong issuer", claiming(claims -> claims.setIssuer("https://x.example")));
    tokens.put("no issuer", claiming(claims -> claims.unsetClaim("iss")));
    tokens.put("wrong audience", claiming(claims -> claims.setAudience("x")));
    tokens.put("no audience", claiming(claims -> claims.unsetClaim("aud")));
    tokens.put("no subject", claiming(claims -> claims.unsetClaim("sub")));
    tokens.put("unsigned", part("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + payload() + ".");
    tokens.put("said to be unsigned", part("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]);
    tokens.put("without its signature", parts[0] + "." + parts[1] + ".");
    tokens.put("another's, renamed", others[0] + "." + payload() + "." + others[2]);
    tokens.put("HS256 by the public key", known("HS256", secret(published.getKey().getEncoded())));
    tokens.put("HS256 by its text", known("HS256", secret(published.toJson().getBytes(UTF_8))));
    tokens.put("signed with zeroes", parts[0] + "." + parts[1] + "." + part(new byte[SIGNATURE]));
    tokens.put("another key", known("ES256", own.getPrivateKey()));
    tokens.put("another key, RS256", known("RS256", ownRsa));
    tokens.put("another key, PS256", known("PS256", ownRsa));
    tokens.put("brings its key", signed(token -> token.setJwkHeader(own)));
    tokens.put("sends for its key", signed(token -> token.setHeader("jku", "https://x.example")));
    tokens.put("unknown key", signed(token -> token.setKeyIdHeaderValue("unknown")));
    tokens.put("no token", "x");
    tokens.put("nothing", "");
    return tokens;
  }

  private String claiming(Consumer<JwtClaims> change) {
    JwtClaims claims = grant.claims();
    change.accept(claims);
    return issuer.sign(claims);
  }

  /** A life of an hour that is over, as an old token has it. */
  private static void endAt(JwtClaims claims, NumericDate end) {
    claims.setIssuedAt(NumericDate.fromSeconds(end.getValue() - 3600));
    claims.setExpirationTime(end);
  }

  /** Under the name of the issuer's key. */
  private String known(String algorithm, Key key) throws JoseException {
    return signed(
        token -> {
          token.setAlgorithmHeaderValue(algorithm);
          token.setKey(key);
          token.setKeyIdHeaderValue(published.getKeyId());
        });
  }

  private String signed(Consumer<JsonWebSignature> change) throws JoseException {
    JsonWebSignature token = new JsonWebSignature();
    token.setPayload(grant.claims().toJson());
    token.setAlgorithmHeaderValue("ES256");
    token.setKey(own.getPrivateKey());
    change.accept(token);
    return token.getCompactSerialization();
  }

  private String payload() {
    return part(grant.claims().toJson());
  }

  private static String part(String json) {
    return part(json.getBytes(UTF_8));
  }

  private static String part(byte[] bytes) {
    return BASE64.encodeToString(bytes);
  }

  private static HmacKey secret(byte[] bytes) {
    return new HmacKey(bytes);
  }
}
