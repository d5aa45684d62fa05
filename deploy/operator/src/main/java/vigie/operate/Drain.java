// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.operate;

import java.io.PrintStream;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives the copies of a broker to others. */
@Command(
    name = "drain",
    mixinStandardHelpOptions = true,
    description = {
      "Moves every copy that a broker has to others.",
      "Each goes to the broker that has the fewest, in a rack that has none of that partition"
          + " where",
      "there is one. The broker may be there, to be taken away, or be gone for good.",
      ""
    })
final class Drain implements Callable<Integer> {

  @Mixin private Access access;
  @Mixin private Pace pace;

  @Parameters(paramLabel = "BROKER", description = "Its id.")
  private int broker;

  private final PrintStream out;

  Drain(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    try (Admin admin = access.admin()) {
      Cluster cluster = Cluster.read(admin);
      Operate.requireKnown(broker, cluster);
      NavigableMap<Integer, String> others = new TreeMap<>(cluster.brokers());
      others.remove(broker);
      new Moves(admin, out).carryOut(new Plan(others, cluster.partitions()).leave(broker), pace);
      return Operate.GOOD;
    }
  }
}
