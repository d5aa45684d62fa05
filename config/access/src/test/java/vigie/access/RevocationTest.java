// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import vigie.access.Revocation.Kind;

class RevocationTest {

  @Test
  void aKeySaysWhatIsRevoked() {
    for (Kind kind : Kind.values()) {
      Revocation revocation = new Revocation(kind, "a:b c/é");
      assertEquals(Optional.of(revocation), Revocation.of(revocation.key()));
    }
  }

  @Test
  void whatIsNoKeyRevokesNothing() {
    for (String key : new String[] {"", "token", "token:", "subject:", ":x", "Token:x", "user:x"}) {
      assertEquals(Optional.empty(), Revocation.of(key), key);
    }
  }
}
