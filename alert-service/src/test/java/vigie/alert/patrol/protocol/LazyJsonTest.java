// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LazyJsonTest {

  @Test
  void theyAreWrittenOnceAndOnlyForSomebody() {
    AtomicInteger writings = new AtomicInteger();
    LazyJson members = new LazyJson(() -> "\"number\":" + writings.incrementAndGet());
    assertEquals(0, writings.get());

    String first = members.text();
    assertEquals("\"number\":1", first);
    assertSame(first, members.text());
  }
}
