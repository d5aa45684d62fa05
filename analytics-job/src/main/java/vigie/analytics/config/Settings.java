// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the environment's variables of one prefix, and refuses those that are not known. */
final class Settings {

  private static final Pattern AMOUNT = Pattern.compile("(\\d+)(ms|s|m|h|d)");

  private final String prefix;
  private final Map<String, String> unread = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  Settings(String prefix, Map<String, String> environment) {
    this.prefix = prefix;
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            unread.put(name, value);
          }
        });
  }

  String text(String name) {
    return read(name, null, Function.identity());
  }

  String text(String name, String preset) {
    return read(name, preset, Function.identity());
  }

  /** {@code preset} when absent; at least {@code least}. */
  int number(String name, int preset, int least) {
    return read(
        name,
        preset,
        value -> {
          int number = Integer.parseInt(value);
          if (number < least) {
            throw new IllegalArgumentException("less than " + least);
          }
          return number;
        });
  }

  /** {@code preset} when absent; from 0 to 100. */
  double percentage(String name, double preset) {
    return read(
        name,
        preset,
        value -> {
          double percentage = Double.parseDouble(value);
          if (!(percentage >= 0 && percentage <= 100)) {
            throw new IllegalArgumentException("not from 0 to 100");
          }
          return percentage;
        });
  }

  /** {@code 500ms}, {@code 60s}, {@code 5m}, {@code 24h}, {@code 1d}, or ISO 8601; more than 0. */
  Duration duration(String name, Duration preset) {
    return read(name, preset, Settings::parseDuration);
  }

  /** As {@link #duration(String, Duration)}; at least {@code least}. */
  Duration duration(String name, Duration preset, Duration least) {
    return read(
        name,
        preset,
        value -> {
          Duration duration = parseDuration(value);
          if (duration.compareTo(least) < 0) {
            throw new IllegalArgumentException("less than " + least);
          }
          return duration;
        });
  }

  /** Throws one exception that names every fault. */
  void refuseFaultsAndTheUnknown() {
    unread.keySet().forEach(name -> faults.add(name + " is not known"));
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
  }

  private <T> T read(String name, T preset, Function<String, T> parser) {
    String variable = prefix + name;
    String value = unread.remove(variable);
    if (value == null) {
      if (preset == null) {
        faults.add(variable + " is missing");
      }
      return preset;
    }
    if (value.isBlank()) {
      faults.add(variable + " is blank");
      return preset;
    }
    try {
      return parser.apply(value.strip());
    } catch (IllegalArgumentException | DateTimeParseException e) {
      faults.add("%s=%s: %s".formatted(variable, value, e.getMessage()));
      return preset;
    }
  }

  private static Duration parseDuration(String value) {
    Duration duration = amount(value);
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException("not more than 0");
    }
    return duration;
  }

  private static Duration amount(String value) {
    Matcher amount = AMOUNT.matcher(value);
    if (!amount.matches()) {
      return Duration.parse(value);
    }
    long number = Long.parseLong(amount.group(1));
    return switch (amount.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
