// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.driver;

import java.time.Duration;

/** The time to wait before the next try: doubled after each failure, up to a limit. */
final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private Duration next = FIRST;

  synchronized Duration next() {
    Duration now = next;
    next = now.multipliedBy(2).compareTo(LONGEST) < 0 ? now.multipliedBy(2) : LONGEST;
    return now;
  }

  synchronized void succeeded() {
    next = FIRST;
  }
}
