// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Permits one line of the log for each subject and minute, so that no client fills the disk by
 * failing. Remembers a bounded number of subjects. Safe for use by several threads.
 */
public final class LogLimiter {

  private static final long INTERVAL = Duration.ofMinutes(1).toNanos();
  private static final int MOST_SUBJECTS = 1_000;

  private final LongSupplier nanoTime;

  /** When each was permitted, the longest ago first. */
  private final Map<String, Long> permitted =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_SUBJECTS;
        }
      };

  public LogLimiter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  public synchronized boolean permits(String subject) {
    long now = nanoTime.getAsLong();
    Long last = permitted.get(subject);
    if (last != null && now - last < INTERVAL) {
      return false;
    }
    permitted.remove(subject);
    permitted.put(subject, now);
    return true;
  }
}
