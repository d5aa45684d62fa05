// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.dashboard;

import vigie.command.MarkdownTable;

/** One table of the benchmark, which holds what was measured so far, also after a failure. */
interface Section {

  MarkdownTable table();

  /** Fills the table, row by row. */
  void measure() throws Exception;
}
