// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import vigie.access.Pass;
import vigie.access.SigningKey;
import vigie.ingest.admission.TokenCache.Verified;
import vigie.ingest.model.SenderIdentity;

class TokenCacheTest {

  private static final int MOST_BYTES = 1 << 20;

  private final TokenCache cache = new TokenCache(MOST_BYTES);

  @Test
  void oneStudentsTokensDisplaceEachOtherOnly() {
    add("t-0", "honest");
    for (int i = 0; i < 10_000; i++) {
      add("x".repeat(7_000) + i, "greedy");
    }
    assertNotNull(cache.get("t-0"));
    assertEquals(1 + TokenCache.MOST_OF_SUBJECT, cache.count());
    assertNull(cache.get("x".repeat(7_000) + 0));
    assertNotNull(cache.get("x".repeat(7_000) + 9_999));
  }

  @Test
  void theSameTokenIsOne() {
    for (int i = 0; i < 100; i++) {
      add("t", "s");
    }
    assertEquals(1, cache.count());
  }

  @Test
  void whatIsRememberedIsBoundedInBytes() {
    for (int i = 0; i < 10_000; i++) {
      add("x".repeat(1_000) + i, "s-" + i);
    }
    assertTrue(cache.count() > 300, "" + cache.count());
    assertTrue(cache.count() * 1_000L < MOST_BYTES, "" + cache.count());
    for (int i = 0; i < 1_000; i++) {
      add("x".repeat(8_000) + i, "long-" + i);
    }
    assertTrue(cache.count() * 1_000L < MOST_BYTES, "" + cache.count());
  }

  private void add(String token, String subject) {
    cache.add(
        new Verified(
            token,
            SenderIdentity.laptopOf(subject),
            new Pass(Optional.of("jti"), subject, 0, new SigningKey.Id("key", "thumbprint")),
            Long.MAX_VALUE));
  }
}
