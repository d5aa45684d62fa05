// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.io.PrintStream;
import java.time.Duration;

/** What a person sees while Vigie starts and runs. */
final class Console implements Progress {

  private final PrintStream out;

  Console(PrintStream out) {
    this.out = out;
  }

  @Override
  public void ready(String part, Duration after) {
    part(part, "ready", after);
  }

  @Override
  public void failed(String part, Duration after) {
    part(part, "failed", after);
  }

  void pages(VigieStack stack) {
    say("");
    stack.pages().forEach((name, url) -> say("  %-18s %s".formatted(name, url)));
    say("");
  }

  void say(String line) {
    out.println(line);
  }

  private void part(String part, String state, Duration after) {
    say("  %-18s %-7s %5.1f s".formatted(part, state, after.toMillis() / 1_000.0));
  }
}
