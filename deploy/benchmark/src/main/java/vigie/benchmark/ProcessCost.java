// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a running process has cost so far, from the kernel's own accounts (Linux, /proc). */
public final class ProcessCost {

  /** The unit of /proc's times is fixed by the kernel's interface to programs. */
  private static final long TICKS_PER_SECOND = 100;

  private static final int FIRST_FIELD = 3;
  private static final int USER_TIME = 14;
  private static final int SYSTEM_TIME = 15;

  private final Path accounts;

  public ProcessCost(long pid) {
    accounts = Path.of("/proc", Long.toString(pid));
  }

  /** Processor time used by all of its threads, in user and kernel mode; 10 ms steps. */
  public Duration cpu() throws IOException {
    String stat = Files.readString(accounts.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks =
        Long.parseLong(fields[USER_TIME - FIRST_FIELD])
            + Long.parseLong(fields[SYSTEM_TIME - FIRST_FIELD]);
    return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
  }

  /** The largest resident set since the process began, bytes. */
  public long peakResidentBytes() throws IOException {
    return status("VmHWM:");
  }

  /** The resident set now, bytes. */
  public long residentBytes() throws IOException {
    return status("VmRSS:");
  }

  private long status(String key) throws IOException {
    for (String line : Files.readAllLines(accounts.resolve("status"))) {
      if (line.startsWith(key)) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException(accounts + " has no " + key);
  }
}
