// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuerTest {

  @TempDir private Path folder;

  @Test
  void aTokenIsVerifiedByThePublishedKeys() throws Exception {
    Issuer issuer = Issuer.in(folder);
    Grant grant = Grant.of(Role.PATROL, "unit-1").within("48.8,2.2,48.9,2.5");

    JwtClaims claims = verified(issuer.token(grant), issuer.jwks());

    assertEquals("unit-1", claims.getSubject());
    assertEquals(List.of("patrol"), claims.getStringListClaimValue("groups"));
    assertEquals("48.8,2.2,48.9,2.5", claims.getStringClaimValue("area"));
    assertEquals(
        Grant.LIFETIME.toSeconds(),
        claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue());
    assertFalse(claims.getJwtId().isEmpty());
  }

  @Test
  void servicesAreToldAnAddressWhateverTheFolderIsCalled() {
    Issuer issuer = Issuer.in(folder.resolve("é x"));
    URI told = URI.create(issuer.environment().get("MP_JWT_VERIFY_PUBLICKEY_LOCATION"));
    assertEquals(issuer.jwks(), Path.of(told));
  }

  @Test
  void onlyTheOwnerCanReadTheSigningKey() throws IOException {
    Issuer issuer = Issuer.in(folder);
    Path signing = folder.resolve("signing-key.json");

    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(signing)));
    assertTrue(Files.readString(signing).contains("\"d\":"));
    String published = Files.readString(issuer.jwks());
    for (String secret : List.of("d", "p", "q", "dp", "dq", "qi")) {
      assertFalse(published.contains("\"" + secret + "\":"), published);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count(), "a draft was left");
    }
  }

  @Test
  void issuersThatBeginTogetherUseOneKey() throws Exception {
    List<Issuer> issuers =
        IntStream.range(0, 8).parallel().mapToObj(number -> Issuer.in(folder)).toList();

    for (Issuer issuer : issuers) {
      verified(issuer.token(Role.STAFF, "ada"), folder.resolve("jwks.json"));
    }
  }

  /** Where {@code deploy/up} and {@code deploy/token} keep the keys. */
  @Test
  void gitIgnoresTheKeys() throws Exception {
    Process git =
        new ProcessBuilder("git", "check-ignore", "--quiet", "../../.vigie/data/keys/jwks.json")
            .inheritIO()
            .start();

    assertEquals(0, git.waitFor());
  }

  private static JwtClaims verified(String token, Path jwks)
      throws IOException, JoseException, InvalidJwtException {
    JsonWebKeySet keys = new JsonWebKeySet(Files.readString(jwks));
    return new JwtConsumerBuilder()
        .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys.getJsonWebKeys()))
        .setExpectedIssuer(Issuer.NAME)
        .setExpectedAudience(Issuer.AUDIENCE)
        .setRequireExpirationTime()
        .setRequireSubject()
        .build()
        .processToClaims(token);
  }
}
