// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SeedTest {

  @Test
  void aCommitAndAClassAlwaysHaveTheSameSeed() {
    assertEquals(Seed.derived("c1", "SomeIT"), Seed.derived("c1", "SomeIT"));
    assertTrue(Seed.derived("c1", "SomeIT") >= 0);
  }

  @Test
  void anotherCommitOrClassHasAnotherSeed() {
    assertNotEquals(Seed.derived("c1", "SomeIT"), Seed.derived("c2", "SomeIT"));
    assertNotEquals(Seed.derived("c1", "SomeIT"), Seed.derived("c1", "OtherIT"));
  }
}
