// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import vigie.access.Pass;
import vigie.alert.patrol.protocol.Area;
import vigie.alert.patrol.protocol.MalformedFrameException;

/**
 * What a unit may ask for.
 *
 * @param unit which unit it is; empty: any
 * @param bounds where it may be told of alerts
 * @param end when the grant ends; empty: never
 * @param pass by what it can be revoked; empty: by nothing
 */
public record PatrolGrant(
    Optional<String> unit, Area bounds, Optional<Instant> end, Optional<Pass> pass) {

  /** Where all is open. */
  static final PatrolGrant OF_EVERYBODY =
      new PatrolGrant(Optional.empty(), Area.EVERYWHERE, Optional.empty(), Optional.empty());

  private static final String AREA = "area";

  /**
   * @throws MalformedFrameException when the token names no unit, or a malformed area
   */
  static PatrolGrant of(JsonWebToken token) throws MalformedFrameException {
    if (token.getSubject() == null) {
      throw new MalformedFrameException("bad-unit", "The token names no unit");
    }
    Object area = token.getClaim(AREA);
    return new PatrolGrant(
        Optional.of(token.getSubject()),
        area == null ? Area.EVERYWHERE : Area.parse(area.toString()),
        Optional.of(Instant.ofEpochSecond(token.getExpirationTime())),
        Optional.of(Pass.of(token)));
  }

  boolean allows(String asked, Area area) {
    return unit.map(asked::equals).orElse(true) && bounds.covers(area);
  }

  /** The time until the end, as of {@code now}; empty when the grant has no end. */
  Optional<Duration> left(Instant now) {
    return end.map(then -> Duration.between(now, then));
  }
}
