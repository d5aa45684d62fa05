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

  /** Each of these was asked for, and answered, before the part was called ready. */
  void urls(VigieStack stack) {
    say("");
    url("dashboard", stack.url(Port.DASHBOARD) + "/");
    url("send events to", stack.url(Port.INGEST) + "/v1/results");
    url("thresholds", stack.url(Port.ALERT) + "/v1/thresholds");
    url("Spark", stack.url(Port.ANALYTICS_UI) + "/");
    say("");
  }

  void say(String line) {
    out.println(line);
  }

  private void part(String part, String state, Duration after) {
    say("  %-18s %-7s %5.1f s".formatted(part, state, after.toMillis() / 1_000.0));
  }

  private void url(String what, String url) {
    say("  %-18s %s".formatted(what, url));
  }
}
