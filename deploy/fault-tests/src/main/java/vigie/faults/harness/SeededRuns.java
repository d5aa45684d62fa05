// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.harness;

import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Option;

/** The options of a command that plays faults: how often, and by which chance. */
public final class SeededRuns {

  @Option(names = "--runs", description = "How many. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--seed",
      description = "Of the first run; each further one has the next. Default: a random one.")
  private long seed = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);

  /**
   * @param count where the command line says nothing
   */
  public SeededRuns(int count) {
    this.count = count;
  }

  public int count() {
    return count;
  }

  public long seed() {
    return seed;
  }
}
