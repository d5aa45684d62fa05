// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

import java.text.Normalizer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What names a student, an exercise, a page or a patrol unit, and its one normal form: two names
 * that look alike because of what cannot be seen would otherwise be two things. Each door refuses
 * what is not in normal form; none changes a name, so that it is the same wherever it is compared.
 */
public enum Identifier {
  STUDENT(128),
  EXERCISE(128),
  PAGE(512),
  UNIT(64);

  private static final Pattern UNIT_LETTERS = Pattern.compile("[A-Za-z0-9._-]+");

  /** The first character that needs a look. */
  private static final int FIRST_BEHIND_ASCII = 0x7F;

  /**
   * From, to: what Unicode calls ignorable though it is a letter or a mark, the blank of Braille,
   * and what stands for something that is not there or could not be read.
   */
  private static final int[][] UNSEEN = {
    {0x034F, 0x034F},
    {0x115F, 0x1160},
    {0x17B4, 0x17B5},
    {0x180B, 0x180F},
    {0x2800, 0x2800},
    {0x3164, 0x3164},
    {0xFE00, 0xFE0F},
    {0xFFA0, 0xFFA0},
    {0xFFFC, 0xFFFD},
    {0xE0100, 0xE01EF}
  };

  private final int maxLength;

  Identifier(int maxLength) {
    this.maxLength = maxLength;
  }

  /** In UTF-16 code units. */
  public int maxLength() {
    return maxLength;
  }

  /** What is wrong with {@code text}, as what follows its name in a sentence; empty if nothing. */
  public Optional<String> fault(String text) {
    if (text.isEmpty() || text.isBlank()) {
      return Optional.of("is blank");
    }
    if (text.length() > maxLength) {
      return Optional.of("has more than %d characters".formatted(maxLength));
    }
    if (this == UNIT && !UNIT_LETTERS.matcher(text).matches()) {
      return Optional.of("has more than letters, digits, dots, dashes and underscores");
    }
    if (text.equals(".") || text.equals("..")) {
      return Optional.of("is . or .., which no address can name");
    }
    if (text.startsWith(" ") || text.endsWith(" ") || text.contains("  ")) {
      return Optional.of("has a space at its beginning or end, or two in a row");
    }
    OptionalInt unseen = text.codePoints().filter(Identifier::isUnseen).findFirst();
    if (unseen.isPresent()) {
      return Optional.of("has U+%04X, which cannot be seen".formatted(unseen.getAsInt()));
    }
    return Normalizer.isNormalized(text, Normalizer.Form.NFC)
        ? Optional.empty()
        : Optional.of("is not in Unicode's Normalization Form C");
  }

  private static boolean isUnseen(int character) {
    if (character < FIRST_BEHIND_ASCII) {
      return character < ' ';
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> {
        for (int[] range : UNSEEN) {
          if (character >= range[0] && character <= range[1]) {
            yield true;
          }
        }
        yield false;
      }
    };
  }
}
