// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.operate;

import picocli.CommandLine.Option;

/** How fast copies move, and whether they do. */
final class Pace {

  private static final long MEGABYTE = 1_000_000;

  @Option(
      names = "--megabytes-per-second",
      paramLabel = "N",
      defaultValue = "50",
      description = {
        "What each broker may send, and receive, of the copies that",
        "move. Default: ${DEFAULT-VALUE}."
      })
  private int megabytes;

  @Option(names = "--dry-run", description = "Only say what would move.")
  private boolean dry;

  long bytes() {
    return megabytes * MEGABYTE;
  }

  boolean isDry() {
    return dry;
  }
}
