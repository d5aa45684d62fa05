// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.alert.claim.Claim.Ending;
import vigie.alert.claim.Claim.Release;
import vigie.alert.claim.Claim.Resolution;

class ClaimTest {

  private static final Instant LATER = Instant.EPOCH.plusSeconds(60);

  @Test
  void eachClaimHasOneReportWhateverBecomesOfIt() {
    UUID first = claim(1, Optional.empty()).report().getId();
    assertEquals(UUID.fromString("cf87d571-7a10-57d2-9585-f684b7a3d569"), first);
    assertEquals(first, claim(1, Optional.of(new Release(LATER))).report().getId());
    UUID second = claim(2, Optional.empty()).report().getId();
    assertNotEquals(first, second);
    assertEquals(second, claim(2, Optional.of(new Resolution(LATER, "helped"))).report().getId());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aReportHoldsTheWholeClaim(int number) {
    for (Optional<Ending> ending :
        List.of(
            Optional.<Ending>empty(),
            Optional.<Ending>of(new Release(LATER)),
            Optional.<Ending>of(new Resolution(LATER, "helped")))) {
      Claim claim = claim(number, ending);
      assertEquals(claim, Claim.of(claim.report()));
    }
  }

  private static Claim claim(int number, Optional<Ending> ending) {
    return new Claim(new UUID(0, 1), number, "s1", "e1", 10, 45, 4, "unit", Instant.EPOCH, ending);
  }
}
