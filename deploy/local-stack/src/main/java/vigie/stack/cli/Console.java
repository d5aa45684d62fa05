// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import vigie.stack.StartUpListener;
import vigie.stack.VigieStack;

/**
 * What a person sees while Vigie starts and runs; the same, with the time, is in its log, since a
 * terminal may be closed.
 */
final class Console implements StartUpListener {

  /** Of an obstacle, such as a service's answer about its health. */
  private static final int LONGEST = 160;

  private final PrintStream out;
  private final PrintStream log;

  Console(PrintStream out, Path log) throws IOException {
    this.out = out;
    Files.createDirectories(log.getParent());
    this.log =
        new PrintStream(
            Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            true,
            UTF_8);
  }

  @Override
  public void ready(String part, Duration after) {
    part(part, "ready", after, "");
  }

  @Override
  public void waiting(String part, Duration since, String obstacle) {
    String line = obstacle.strip().replaceAll("\\s+", " ");
    boolean fits = line.length() <= LONGEST;
    part(part, "waits", since, "  " + (fits ? line : line.substring(0, LONGEST) + "…"));
  }

  @Override
  public void failed(String part, Duration after, String reason) {
    part(part, "failed", after, "  " + reason);
  }

  void pages(List<VigieStack.Page> pages) {
    say("");
    pages.forEach(page -> say("  %-18s %s".formatted(page.name(), page.url())));
    say("");
  }

  /** Whole lines only, for several threads speak at once. */
  void say(String line) {
    out.println(line);
    log.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + line);
  }

  private void part(String part, String state, Duration after, String more) {
    say("  %-18s %-7s %5.1f s%s".formatted(part, state, after.toMillis() / 1_000.0, more));
  }
}
