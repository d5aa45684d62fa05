// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.exam;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The option of each command that waits for the systems of an exam. */
final class DeadlineOption {

  @Option(
      names = "--within",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description = "How long the systems may take. Default: ${DEFAULT-VALUE}.")
  private Duration within;

  /** From now on. */
  Deadline deadline() {
    return Deadline.in(within);
  }
}
