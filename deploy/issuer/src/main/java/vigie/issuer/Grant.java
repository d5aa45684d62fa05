// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.issuer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;

/**
 * Who may be what, where and for how long.
 *
 * @param area of a patrol unit, {@code lat1,lon1,lat2,lon2} in degrees; empty is the whole country
 */
public record Grant(Role role, String subject, Optional<String> area, Duration lifetime) {

  /** A day of exams. */
  public static final Duration LIFETIME = Duration.ofHours(12);

  public static Grant of(Role role, String subject) {
    return new Grant(role, subject, Optional.empty(), LIFETIME);
  }

  public Grant within(String bounds) {
    return new Grant(role, subject, Optional.of(bounds), lifetime);
  }

  public Grant lasting(Duration other) {
    return new Grant(role, subject, area, other);
  }

  /** All that a service asks of a token, as of now. */
  public JwtClaims claims() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(Issuer.NAME);
    claims.setAudience(Issuer.AUDIENCE);
    claims.setSubject(subject);
    claims.setStringListClaim("groups", List.of(role.group()));
    area.ifPresent(bounds -> claims.setStringClaim("area", bounds));
    NumericDate now = NumericDate.now();
    claims.setIssuedAt(now);
    claims.setExpirationTime(NumericDate.fromSeconds(now.getValue() + lifetime.toSeconds()));
    claims.setGeneratedJwtId();
    return claims;
  }
}
