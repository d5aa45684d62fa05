// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import java.util.List;

/** Which compilers of the JVM a child process uses. */
public enum JitMode {
  /** The first one: about 40 % less work to start, slower once it is hot. */
  QUICK,
  /** Both; a run of tests, whose processes live for seconds, uses the first one instead. */
  FULL,
  /** Both, in a run of tests too: for a test of speed. */
  FULL_IN_TESTS;

  /** Set by the pom for each JVM that runs tests. */
  private static final String QUICK_START = "vigie.quick-start";

  /** As with both compilers. With one the default is 48 MB, less than the code of Spark's JVM. */
  private static final String CODE_CACHE = "-XX:ReservedCodeCacheSize=240m";

  public List<String> options() {
    boolean quick = this == QUICK || (this == FULL && Boolean.getBoolean(QUICK_START));
    return quick ? List.of("-XX:TieredStopAtLevel=1", CODE_CACHE) : List.of();
  }
}
