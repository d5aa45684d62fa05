// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.command;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 90s}, {@code 30m}, {@code 1h30m}, {@code 2d} and ISO 8601's {@code PT1H}. */
final class DurationConverter implements ITypeConverter<Duration> {

  private static final Pattern UNITS =
      Pattern.compile("(?=\\d)(\\d+D)?(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?");

  @Override
  public Duration convert(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    try {
      return Duration.parse(UNITS.matcher(upper).matches() ? iso(upper) : upper);
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new TypeConversionException(
          "'%s' is not a duration such as 90s, 30m, 1h30m or PT1H".formatted(text));
    }
  }

  private static String iso(String units) {
    int days = units.indexOf('D') + 1;
    String time = units.substring(days);
    return "P" + units.substring(0, days) + (time.isEmpty() ? "" : "T" + time);
  }
}
