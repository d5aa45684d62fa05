// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.archive;

import org.apache.iceberg.catalog.TableIdentifier;
import vigie.benchmark.ProcessCost;
import vigie.stack.process.ServiceProcess;

/** A process that takes {@code vigie.results} to a table of its own. */
record SinkUnderTest(String name, ServiceProcess process, TableIdentifier table) {

  ProcessCost cost() {
    return new ProcessCost(process.process().pid());
  }
}
