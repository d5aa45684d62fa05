// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.operate;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Gives every broker its share of the copies. */
@Command(
    name = "rebalance",
    mixinStandardHelpOptions = true,
    description = {
      "Moves as few copies as it takes for all brokers to have as many.",
      "They lead as many partitions, too: what a broker that was added waits for. Copies of a",
      "partition stay in as many racks as they are.",
      ""
    })
final class Rebalance implements Callable<Integer> {

  @Mixin private Access access;
  @Mixin private Pace pace;

  private final PrintStream out;

  Rebalance(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    try (Admin admin = access.admin()) {
      Cluster cluster = Cluster.read(admin);
      if (!cluster.absent().isEmpty()) {
        out.printf("brokers %s are absent: start them, or drain them first%n", cluster.absent());
        return Operate.NOT_GOOD;
      }
      new Moves(admin, out)
          .carryOut(new Plan(cluster.brokers(), cluster.partitions()).even(), pace);
      return Operate.GOOD;
    }
  }
}
