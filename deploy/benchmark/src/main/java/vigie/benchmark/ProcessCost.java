// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** What a running process has cost so far, from the kernel's own accounts (Linux, /proc). */
public final class ProcessCost {

  /** The unit of /proc's times is fixed by the kernel's interface to programs. */
  private static final long TICKS_PER_SECOND = 100;

  private static final int FIRST_FIELD = 3;
  private static final int USER_TIME = 14;
  private static final int SYSTEM_TIME = 15;

  private static final Pattern COMPILER = Pattern.compile("C[12] ");

  private final Path accounts;

  public ProcessCost(long pid) {
    accounts = Path.of("/proc", Long.toString(pid));
  }

  /** Processor time used by all of its threads, in user and kernel mode; 10 ms steps. */
  public Duration cpu() throws IOException {
    return cpu(accounts);
  }

  /** What a JVM has used so far, and what its just-in-time compiler has used of it. */
  public Account account() throws IOException {
    Duration compiler = Duration.ZERO;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(accounts.resolve("task"))) {
      for (Path thread : threads) {
        compiler = compiler.plus(compilerTime(thread));
      }
    }
    return new Account(cpu(), compiler);
  }

  /** A thread may end while it is looked at: then it is no compiler that works. */
  private static Duration compilerTime(Path thread) throws IOException {
    try {
      boolean compiles = COMPILER.matcher(Files.readString(thread.resolve("comm"))).lookingAt();
      return compiles ? cpu(thread) : Duration.ZERO;
    } catch (NoSuchFileException ended) {
      return Duration.ZERO;
    }
  }

  private static Duration cpu(Path accounts) throws IOException {
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

  /**
   * Processor time of a JVM.
   *
   * @param cpu of all its threads
   * @param compiler of those that compile
   */
  public record Account(Duration cpu, Duration compiler) {

    public static final Account NONE = new Account(Duration.ZERO, Duration.ZERO);

    private static final double HARDLY = 0.02;

    /** What came after {@code before}. */
    public Account since(Account before) {
      return new Account(cpu.minus(before.cpu), compiler.minus(before.compiler));
    }

    /** Both together. */
    public Account plus(Account other) {
      return new Account(cpu.plus(other.cpu), compiler.plus(other.compiler));
    }

    /** Whether the compiler has done its work, so that it hardly takes any time. */
    public boolean isWarm() {
      return compilerShare() <= HARDLY;
    }

    /** The compiler's part, 0 to 1. */
    public double compilerShare() {
      return Math.max(0, (double) compiler.toMillis() / Math.max(1, cpu.toMillis()));
    }
  }
}
