// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What processes take of the machine's memory, estimated by their heaps. */
record Memory(long neededMegabytes, long freeMegabytes) {

  private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+)([mg])");
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable: +(\\d+) kB");
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final int KILO = 1024;

  /** Code, threads and buffers of a JVM beside its heap, or all that Redis or PostgreSQL takes. */
  private static final int BESIDE_THE_HEAP = 170;

  /** Empty where the system does not tell what is free. */
  static Optional<Memory> of(List<List<String>> commands) throws IOException {
    if (!Files.exists(MEMINFO)) {
      return Optional.empty();
    }
    long needed = commands.stream().mapToLong(Memory::megabytes).sum();
    Matcher available = AVAILABLE.matcher(Files.readString(MEMINFO));
    return available.find()
        ? Optional.of(new Memory(needed, Long.parseLong(available.group(1)) / KILO))
        : Optional.empty();
  }

  boolean isShort() {
    return neededMegabytes > freeMegabytes;
  }

  @Override
  public String toString() {
    return "about %d MB of memory are needed, and %d MB are free"
        .formatted(neededMegabytes, freeMegabytes);
  }

  private static long megabytes(List<String> command) {
    long heap =
        command.stream()
            .map(HEAP::matcher)
            .filter(Matcher::matches)
            .mapToLong(
                match -> Long.parseLong(match.group(1)) * (match.group(2).equals("g") ? KILO : 1))
            .findFirst()
            .orElse(0);
    return heap + BESIDE_THE_HEAP;
  }
}
