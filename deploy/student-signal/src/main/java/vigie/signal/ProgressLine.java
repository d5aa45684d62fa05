// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.signal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Shows a line that tells how far the run is: on a terminal the same line again each second, else a
 * new one every ten seconds.
 */
final class ProgressLine {

  private static final String REWRITE = "\r\u001b[2K";

  private final PrintStream out = System.out;
  private final boolean terminal = isTerminal();
  private final Supplier<String> line;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> ticking;

  ProgressLine(Supplier<String> line) {
    this.line = line;
    int seconds = terminal ? 1 : 10;
    ticking = clock.scheduleAtFixedRate(this::show, seconds, seconds, TimeUnit.SECONDS);
  }

  /**
   * {@code System.console()} is not null without a terminal since JDK 22, so the kernel is asked.
   */
  private static boolean isTerminal() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).startsWith("/dev/pts");
    } catch (IOException | UnsupportedOperationException noProcFileSystem) {
      return false;
    }
  }

  private void show() {
    if (terminal) {
      out.print(REWRITE + line.get());
      out.flush();
    } else {
      out.println(line.get());
    }
  }

  /** Shows the line for the last time. */
  void end() {
    ticking.cancel(false);
    clock.shutdown();
    out.println((terminal ? REWRITE : "") + line.get());
  }
}
