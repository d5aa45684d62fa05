// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.access.AccessFixture.Settings;

class TokenVerifierTest {

  private static final long HOUR = 3_600;

  @TempDir static Path folder;

  private static HttpsIssuer.Identity identity;

  private HttpsIssuer issuer;
  private KeySet keys;
  private Settings settings;

  @BeforeAll
  static void makeIdentity() throws Exception {
    identity = HttpsIssuer.Identity.makeIn(folder);
  }

  @BeforeEach
  void start() throws Exception {
    issuer = HttpsIssuer.startAs(identity);
    issuer.publish("first");
    settings = new Settings().trusting(issuer.certificate());
    keys =
        new KeySet(
            AccessFixture.access(settings),
            settings,
            Optional.of(issuer.location().toString()),
            AccessFixture.events(new ArrayDeque<>()));
    keys.start(new StartupEvent());
    await().atMost(Duration.ofSeconds(20)).until(keys::counts);
  }

  @AfterEach
  void stop() {
    keys.stop(new ShutdownEvent());
    issuer.close();
  }

  @Test
  void aTokenTellsWhichKeySignedItWhateverItClaims() throws Exception {
    String claiming =
        issuer.token("first", head -> {}, claims -> claims.setStringClaim("vigie.key", "a b"));
    for (String token : new String[] {issuer.token("first"), claiming}) {
      Pass pass = Pass.of(verifier().parse(token, asked()));
      assertEquals("s-1", pass.subject());
      assertEquals(keys.key("first").orElseThrow().id(), pass.key());
    }
  }

  @Test
  void aTokenWithoutAKeyOrOfAnotherOneIsInvalid() throws Exception {
    assertInvalid(issuer.token("first", head -> head.setKeyIdHeaderValue(null), claims -> {}));
    assertInvalid(issuer.token("second"));
    issuer.publish("first");
    assertInvalid(issuer.token("first"));
  }

  @Test
  void aTokenHasABoundedLife() throws Exception {
    long now = NumericDate.now().getValue();
    assertDoesNotThrow(() -> verifier().parse(lasting(now, 24 * HOUR), asked()));
    assertDoesNotThrow(() -> verifier().parse(lasting(now + 23 * HOUR, 12 * HOUR), asked()));
    assertInvalid(lasting(now, 24 * HOUR + 60));
    assertInvalid(lasting(4_102_444_800L - HOUR, HOUR));
    assertInvalid(lasting(0, 4_102_444_800L));
    assertInvalid(issuer.token("first", head -> {}, claims -> claims.unsetClaim("iat")));
  }

  @Test
  void whereATypeIsAskedForIdTokensDoNotCount() throws Exception {
    settings = settings.typed("at+jwt");
    assertInvalid(typed("JWT"));
    assertInvalid(issuer.token("first"));
    for (String type : new String[] {"at+jwt", "AT+JWT", "application/at+jwt"}) {
      String token = typed(type);
      assertDoesNotThrow(() -> verifier().parse(token, asked()));
    }
  }

  private String typed(String type) throws Exception {
    return issuer.token("first", head -> head.setHeader("typ", type), claims -> {});
  }

  private String lasting(long issued, long seconds) throws Exception {
    Consumer<JwtClaims> life =
        claims -> {
          claims.setIssuedAt(NumericDate.fromSeconds(issued));
          claims.setExpirationTime(NumericDate.fromSeconds(issued + seconds));
        };
    return issuer.token("first", head -> {}, life);
  }

  private void assertInvalid(String token) {
    assertThrows(ParseException.class, () -> verifier().parse(token, asked()));
  }

  private TokenVerifier verifier() {
    return new TokenVerifier(keys, settings);
  }

  private static JWTAuthContextInfo asked() {
    JWTAuthContextInfo asked = new JWTAuthContextInfo();
    asked.setIssuedBy(HttpsIssuer.NAME);
    asked.setExpectedAudience(Set.of(HttpsIssuer.AUDIENCE));
    asked.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
    asked.setClockSkew(1);
    return asked;
  }
}
