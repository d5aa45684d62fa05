// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwt.JwtClaims;
import vigie.issuer.Grant;
import vigie.issuer.Issuer;
import vigie.issuer.Role;

/** What an attacker could present in place of a token; each would be an admin's. */
enum Forgery {
  EXPIRED,
  NOT_YET_VALID,
  WITHOUT_AN_END,
  OF_ANOTHER_KEY,
  OF_ANOTHER_ISSUER,
  FOR_ANOTHER_SERVICE,
  FOR_NOBODY_IN_PARTICULAR,
  UNSIGNED,
  SIGNED_WITH_THE_PUBLIC_KEY_AS_A_SECRET,
  WITH_THE_SIGNATURE_OF_ANOTHER,
  WITHOUT_ITS_SIGNATURE,
  NONSENSE,
  EMPTY;

  /**
   * @param issuer the one that the service trusts
   * @param other one that it does not know
   */
  String of(Issuer issuer, Issuer other) {
    return switch (this) {
      case EXPIRED -> issuer.token(admin().lasting(Duration.ofSeconds(-30)));
      case NOT_YET_VALID -> with(issuer, claims -> claims.setNotBeforeMinutesInThePast(-60));
      case WITHOUT_AN_END -> with(issuer, claims -> claims.unsetClaim("exp"));
      case OF_ANOTHER_KEY -> other.token(admin());
      case OF_ANOTHER_ISSUER -> with(issuer, claims -> claims.setIssuer("https://vigie.example"));
      case FOR_ANOTHER_SERVICE -> with(issuer, claims -> claims.setAudience("another"));
      case FOR_NOBODY_IN_PARTICULAR -> with(issuer, claims -> claims.unsetClaim("aud"));
      case UNSIGNED -> encoded("{\"alg\":\"none\"}") + "." + payload() + ".";
      case SIGNED_WITH_THE_PUBLIC_KEY_AS_A_SECRET -> symmetric(issuer);
      case WITH_THE_SIGNATURE_OF_ANOTHER -> {
        String laptop = issuer.token(Role.LAPTOP, "s-1");
        String header = laptop.substring(0, laptop.indexOf('.') + 1);
        yield header + payload() + laptop.substring(laptop.lastIndexOf('.'));
      }
      case WITHOUT_ITS_SIGNATURE -> {
        String token = issuer.token(admin());
        yield token.substring(0, token.lastIndexOf('.') + 1);
      }
      case NONSENSE -> "a.b.c";
      case EMPTY -> "";
    };
  }

  private static Grant admin() {
    return Grant.of(Role.ADMIN, "eve");
  }

  private static String with(Issuer issuer, Consumer<JwtClaims> change) {
    JwtClaims claims = admin().claims();
    change.accept(claims);
    return issuer.sign(claims);
  }

  private static String payload() {
    return encoded(admin().claims().toJson());
  }

  private static String symmetric(Issuer issuer) {
    try {
      String text = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + payload();
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Files.readAllBytes(issuer.jwks()), "HmacSHA256"));
      byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
