// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.delivery;

import java.io.IOException;
import vigie.benchmark.ProcessCost;

/** A process that brings each alert to each unit. */
interface Server extends AutoCloseable {

  String name();

  /** On loopback. */
  int port();

  WireProtocol protocol();

  ProcessCost cost();

  /** Has the alerts with the numbers [{@code from}, {@code to}) brought to the units. */
  void raise(int from, int to) throws IOException;

  /** Has the process free what it does not need, so that its memory tells what it holds. */
  void collect() throws IOException;

  @Override
  void close();
}
