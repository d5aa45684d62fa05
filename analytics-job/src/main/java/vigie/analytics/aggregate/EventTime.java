// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.aggregate;

/**
 * When an event happened: the instant that its laptop gave, unless the laptop's clock is far off.
 * The broker's time of the record decides that for each event, so that it depends on no other day.
 */
final class EventTime {

  /** A laptop without a network sends later what it has kept; that is no wrong clock. */
  private static final long TOLERANCE_SECONDS = 12 * 3600;

  private EventTime() {}

  /** For SQL; {@code appendedAt} is null in rows from before there was the column. */
  static String of(String given) {
    return "if(abs(unix_seconds(%1$s) - unix_seconds(appendedAt)) > %2$d, appendedAt, %1$s)"
        .formatted(given, TOLERANCE_SECONDS);
  }
}
