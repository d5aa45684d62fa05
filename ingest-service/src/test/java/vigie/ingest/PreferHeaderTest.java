// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are RFC 7240's, and what looks like them. */
class PreferHeaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return=representation",
        "Return = representation",
        "return=\"representation\"",
        "respond-async, return=representation",
        "wait=10;foo=\"a, return=minimal\", return=representation; bar",
        "x=\"\\\"\", return=representation",
        "return=representation, return=minimal",
        ",, return=representation"
      })
  void theIdsAreAskedFor(String header) {
    assertTrue(asks(header));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "return",
        "return=minimal",
        "return=minimal, return=representation",
        "foo=\"return=representation\"",
        "foo; return=representation",
        "returns=representation",
        "return=representations",
        "return==representation",
        "\"return=representation"
      })
  void theIdsAreNotAskedFor(String header) {
    assertFalse(asks(header));
  }

  @Test
  void severalHeadersAreOneList() {
    assertFalse(asks());
    assertTrue(asks("respond-async", "return=representation"));
    assertFalse(asks("return=minimal", "return=representation"));
  }

  @Test
  void allOfAHeadIsReadOnce() {
    for (String part : List.of(",", ";", "\"", "\\", "=", "return=x;")) {
      String header = "y" + part.repeat(500_000);
      assertFalse(assertTimeout(Duration.ofSeconds(5), () -> asks(header)), part);
    }
  }

  private static boolean asks(String... headers) {
    MultiMap all = MultiMap.caseInsensitiveMultiMap();
    for (String header : headers) {
      all.add("Prefer", header);
    }
    return PreferHeader.asksForIds(all);
  }
}
