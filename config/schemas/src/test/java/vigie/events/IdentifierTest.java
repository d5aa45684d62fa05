// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c-pointers",
        "a b",
        "étudiante-7",
        "/exercises/c-pointers?x=1",
        "...",
        ".x",
        "=1+'\"><script>",
        "Ωμέγα",
        "数学",
        "חשבון",
        "x😀",
        "क्षि"
      })
  void whatCanBeReadIsAName(String text) {
    assertEquals(Optional.empty(), Identifier.EXERCISE.fault(text));
  }

  /** Each beside the name that it would be taken for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        " x",
        "x ",
        "a  b",
        "x\u200B",
        "x\u00AD",
        "x\uFEFF",
        "\u202Ex",
        "a\u00A0b",
        "a\u3000b",
        "x\u2028",
        "x\t",
        "x\u0000",
        "x\u0085",
        "x\u034F",
        "x\u3164",
        "x\u2800",
        "x\uFE0F",
        "x\uDB40\uDD00",
        "x\uDB40\uDC41",
        "x\uE000",
        "x\u0378",
        "x\uD83D",
        "x\uFFFD",
        "e\u0301",
        "\u212B",
        ".",
        "..",
        "",
        " ",
        "\u3000"
      })
  void whatLooksLikeAnotherNameIsNone(String text) {
    for (Identifier kind : Identifier.values()) {
      assertTrue(kind.fault(text).isPresent(), kind + " " + text);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'x\u200B'|has U+200B, which cannot be seen",
        "'x\uDB40\uDD00'|has U+E0100, which cannot be seen",
        "'e\u0301'|is not in Unicode's Normalization Form C",
        "..|is . or .., which no address can name"
      })
  void theFaultIsNamed(String text, String fault) {
    assertEquals(Optional.of(fault), Identifier.STUDENT.fault(text));
  }

  @ParameterizedTest
  @EnumSource
  void aNameMayHaveItsLengthAndNotMore(Identifier kind) {
    assertEquals(Optional.empty(), kind.fault("x".repeat(kind.maxLength())));
    assertTrue(kind.fault("x".repeat(kind.maxLength() + 1)).isPresent());
  }

  @Test
  void aUnitHasLettersThatNeedNoEscape() {
    assertEquals(Optional.empty(), Identifier.UNIT.fault("unit-1_a.b"));
    for (String text : new String[] {"unité", "a b", "a/b", "a:b"}) {
      assertTrue(Identifier.UNIT.fault(text).isPresent(), text);
    }
  }
}
