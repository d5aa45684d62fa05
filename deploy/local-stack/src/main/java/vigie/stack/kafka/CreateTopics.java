// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vigie.command.Commands;

/** Creates the topics of {@code config/topics.yaml} that a cluster in containers lacks. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Waits for all brokers and creates the topics that are missing.")
final class CreateTopics implements Callable<Integer> {

  private static final long POLL_MILLIS = 500;

  @Option(
      names = "--bootstrap-servers",
      required = true,
      defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS}")
  private String kafka;

  /** A topic that is created while a broker is missing would have fewer replicas for good. */
  @Option(
      names = "--brokers",
      required = true,
      defaultValue = "${env:KAFKA_BROKERS}",
      description = "Number of brokers in the cluster.")
  private int brokers;

  public static void main(String[] arguments) {
    System.exit(Commands.complete(new CommandLine(new CreateTopics())).execute(arguments));
  }

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    Map<String, Object> settings = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    try (Admin admin = Admin.create(settings)) {
      while (admin.describeCluster().nodes().get().size() < brokers) {
        Thread.sleep(POLL_MILLIS);
      }
      Topics.read().createMissing(admin);
    }
    return 0;
  }
}
