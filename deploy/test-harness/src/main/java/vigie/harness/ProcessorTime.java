// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Processor time that this process and its children have used, by the kernel's accounts (Linux,
 * {@code /proc}; zero elsewhere).
 *
 * @param own this process, all threads
 * @param children what was started from here, ended or running
 */
record ProcessorTime(Duration own, Duration children) {

  /** The kernel's interface fixes this unit. */
  private static final long TICKS_PER_SECOND = 100;

  /** Number of the first field after the command's name; see proc(5). */
  private static final int FIRST_FIELD = 3;

  private static final int USER_TIME = 14;
  private static final int WAITED_FOR_USER_TIME = 16;

  static ProcessorTime now() {
    ProcessHandle self = ProcessHandle.current();
    long running =
        self.descendants()
            .flatMap(child -> fields(child).stream())
            .mapToLong(fields -> pair(fields, USER_TIME) + pair(fields, WAITED_FOR_USER_TIME))
            .sum();
    return fields(self)
        .map(
            fields ->
                new ProcessorTime(
                    ticks(pair(fields, USER_TIME)),
                    ticks(pair(fields, WAITED_FOR_USER_TIME) + running)))
        .orElse(new ProcessorTime(Duration.ZERO, Duration.ZERO));
  }

  ProcessorTime since(ProcessorTime before) {
    return new ProcessorTime(own.minus(before.own), children.minus(before.children));
  }

  /** User time and, in the field that follows, system time. */
  private static long pair(String[] fields, int user) {
    return Stream.of(user, user + 1)
        .mapToLong(field -> Long.parseLong(fields[field - FIRST_FIELD]))
        .sum();
  }

  private static Duration ticks(long ticks) {
    return Duration.ofMillis(ticks * 1_000 / TICKS_PER_SECOND);
  }

  /** Empty for a process that has ended meanwhile: its parent's account has its time then. */
  private static Optional<String[]> fields(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }
}
