// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.operate;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Waits until a broker may be stopped without anybody noticing. */
@Command(
    name = "safe-to-restart",
    mixinStandardHelpOptions = true,
    description = {
      "Waits until a broker may be stopped without a record being refused.",
      "That is when every copy of every partition is up to date. A rolling restart is this before",
      "each broker; what starts the brokers, systemd or Kubernetes, restarts them.",
      ""
    })
final class SafeToRestart implements Callable<Integer> {

  private static final long LOOK_MILLIS = 500;

  @Mixin private Access access;

  @Parameters(paramLabel = "BROKER", description = "Its id.")
  private int broker;

  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description = "How long to wait, such as 90s or PT1H. Default: ${DEFAULT-VALUE}.")
  private Duration patience;

  private final PrintStream out;

  SafeToRestart(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    try (Admin admin = access.admin()) {
      while (true) {
        Cluster cluster = Cluster.read(admin);
        Operate.requireKnown(broker, cluster);
        List<Copies> never =
            cluster.partitions().stream().filter(one -> !one.canEverDoWithout(broker)).toList();
        if (!never.isEmpty()) {
          return no(never, "has too few copies for it ever to be");
        }
        List<Copies> obstacles = cluster.partitions().stream().filter(this::forbids).toList();
        if (obstacles.isEmpty()) {
          out.printf("broker %d may be restarted%n", broker);
          return Operate.GOOD;
        }
        if (System.nanoTime() > deadline) {
          return no(obstacles, "is not up to date");
        }
        Thread.sleep(LOOK_MILLIS);
      }
    }
  }

  private boolean forbids(Copies one) {
    return !one.isWhole() || !one.canDoWithout(broker);
  }

  private int no(List<Copies> partitions, String why) {
    out.printf(
        "broker %d may not be restarted: %s %s, and %d more%n",
        broker, partitions.get(0).partition(), why, partitions.size() - 1);
    return Operate.NOT_GOOD;
  }
}
