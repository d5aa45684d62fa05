// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import vigie.command.MarkdownTable;
import vigie.stack.kafka.KafkaMigration;
import vigie.stack.kafka.MigrationStage;

/** Walks {@code deploy/kafka-migration.md} on a cluster while records flow. */
final class MigrationRun implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
  private static final double SECOND = 1e9;

  private static final Pattern CLUSTER_ID = Pattern.compile("(?m)^Cluster ID: (\\S+)$");

  /** What each script runs: a class, and the arguments that it puts before its own. */
  private static final Map<String, List<String>> SCRIPTS =
      Map.of(
          "bin/kafka-cluster.sh",
          List.of("org.apache.kafka.tools.ClusterTool"),
          "bin/kafka-storage.sh",
          List.of("kafka.tools.StorageTool"),
          "bin/kafka-metadata-quorum.sh",
          List.of("org.apache.kafka.tools.MetadataQuorumCommand"),
          "bin/kafka-features.sh",
          List.of("org.apache.kafka.tools.FeatureCommand"),
          "bin/zookeeper-shell.sh",
          List.of("org.apache.zookeeper.ZooKeeperMainWithTlsSupportForKafka", "-server"));

  private final KafkaMigration kafka;
  private final Runbook runbook = Runbook.read();
  private final MarkdownTable table;
  private final NumberedProducer flow;

  /**
   * @param kafka a running cluster
   * @param table gets a row for each step
   */
  MigrationRun(KafkaMigration kafka, MarkdownTable table) throws Exception {
    this.kafka = kafka;
    this.table = table;
    this.flow = new NumberedProducer(kafka.bootstrapServers());
    awaitFlow();
  }

  static MarkdownTable table() {
    return new MarkdownTable("step", "longest pause of a partition, s", "s");
  }

  /** Steps 1 to 3: from then on brokers do without ZooKeeper. */
  void leaveZooKeeper() throws Exception {
    step("1. Controllers beside ZooKeeper", this::startControllers);
    step(
        "2. Brokers tell the controllers too",
        () -> {
          restartBrokers(MigrationStage.MIGRATING);
          List<String> grep = command("grep");
          await(() -> kafka.aControllerSaid(grep.get(1)), "metadata is copied");
        });
    step("3. Brokers leave ZooKeeper", () -> restartBrokers(MigrationStage.KRAFT));
  }

  /** The way back after step 3. */
  void back() throws Exception {
    step(
        "The way back",
        () -> {
          restartBrokers(MigrationStage.MIGRATING);
          kafka.removeControllers();
          run(MigrationStage.MIGRATING, Map.of(), "/controller");
          run(MigrationStage.MIGRATING, Map.of(), "/migration");
          restartBrokers(MigrationStage.ZOOKEEPER);
        });
  }

  /** Steps 4 to 6. */
  void finish() throws Exception {
    step("4. Controllers leave ZooKeeper", () -> restartControllers(MigrationStage.KRAFT));
    step(
        "5. ZooKeeper goes",
        () -> {
          kafka.stopZooKeeper();
          run(MigrationStage.KRAFT, Map.of(), "describe", "kafka-features");
        });
    step(
        "6. Kafka 4.3",
        () -> {
          restartControllers(MigrationStage.UPGRADED);
          restartBrokers(MigrationStage.UPGRADED);
          run(MigrationStage.UPGRADED, Map.of(), "upgrade");
        });
  }

  /** Ends the flow; answers what was acknowledged, and what is stored. */
  Outcome end() throws Exception {
    awaitFlow();
    flow.end();
    return new Outcome(flow.acknowledged(), StoredRecords.in(kafka.bootstrapServers()));
  }

  /** The commands of the runbook that were never run. */
  Set<String> unused() {
    return runbook.unused();
  }

  @Override
  public void close() {
    flow.close();
  }

  private void startControllers() throws Exception {
    String id = clusterId(run(MigrationStage.ZOOKEEPER, Map.of(), "kafka-cluster"));
    for (int controller : kafka.controllers()) {
      Path settings = kafka.controllerSettings(controller, MigrationStage.MIGRATING);
      run(
          MigrationStage.MIGRATING,
          Map.of("CLUSTER_ID", id, "SETTINGS", settings.toString()),
          "kafka-storage");
    }
    kafka.startControllers(MigrationStage.MIGRATING);
    run(MigrationStage.MIGRATING, Map.of(), "kafka-metadata-quorum");
  }

  private static String clusterId(String said) {
    Matcher id = CLUSTER_ID.matcher(said);
    if (!id.find()) {
      throw new IllegalStateException("no id of the cluster in " + said);
    }
    return id.group(1);
  }

  private void restartBrokers(MigrationStage stage) throws Exception {
    for (int broker : kafka.brokers()) {
      kafka.restartBroker(broker, stage);
      await(kafka::isInSync, "every copy is up to date");
    }
  }

  private void restartControllers(MigrationStage stage) throws Exception {
    for (int controller : kafka.controllersActiveLast()) {
      kafka.restartController(controller, stage);
    }
  }

  private String run(MigrationStage stage, Map<String, String> more, String... parts) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("BROKERS", kafka.bootstrapServers());
    variables.put("CONTROLLERS", kafka.controllerAddresses());
    variables.put("ZOOKEEPER", kafka.zooKeeperAddress());
    List<String> words = runbook.command(variables, parts);
    List<String> script = SCRIPTS.get(words.get(0));
    List<String> arguments = new ArrayList<>(script.subList(1, script.size()));
    arguments.addAll(words.subList(1, words.size()));
    return kafka.run(stage, script.get(0), arguments);
  }

  private List<String> command(String part) {
    return runbook.command(Map.of("CONTROLLER_LOG", ""), part);
  }

  private interface Step {
    void take() throws Exception;
  }

  private void step(String name, Step step) throws Exception {
    long unused = flow.longestPause();
    long began = System.nanoTime();
    step.take();
    awaitFlow();
    table.add(name, seconds(flow.longestPause()), seconds(System.nanoTime() - began));
  }

  private void awaitFlow() {
    flow.watch();
    await(flow::flowsEverywhere, "records flow to every partition");
  }

  private static void await(Callable<Boolean> condition, String what) {
    Awaitility.await(what).atMost(TIMEOUT).pollInterval(POLL_INTERVAL).until(condition);
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f", nanos / SECOND);
  }
}
