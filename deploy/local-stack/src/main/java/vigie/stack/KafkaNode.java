// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** One Kafka node in KRaft mode, broker and controller in one, as {@code config/kafka} says. */
public final class KafkaNode implements Part {

  private static final String FORM = "kafka/kraft-minimal/";

  /** Any 16 bytes in URL-safe Base64; one cluster per data folder, so one id serves them all. */
  private static final String CLUSTER_ID = "VmlnaWVWaWdpZVZpZ2llVg";

  private final Folder folder;
  private final Ports ports;
  private final Path properties;
  private final Path logging;
  private final ChildProcess process;

  public KafkaNode(Folder folder, Ports ports) {
    this.folder = folder;
    this.ports = ports;
    Template template = new Template(ports, Map.of("KAFKA_DATA", data().toString()));
    this.properties =
        template.render(FORM + "server.properties", folder.conf("kafka/server.properties"));
    this.logging =
        template.render(FORM + "log4j2.properties", folder.conf("kafka/log4j2.properties"));
    this.process = java("kafka", folder.log("kafka"), "kafka.Kafka", properties.toString());
  }

  /** A running node of its own, with free ports and all topics, for a test. */
  public static KafkaNode startIn(Path folder) {
    KafkaNode node = new KafkaNode(new Folder(folder), Ports.ephemeral());
    node.start();
    node.awaitReady();
    node.createTopics();
    return node;
  }

  public String bootstrapServers() {
    return ports.address(Port.KAFKA);
  }

  /** The topics of {@code config/topics.yaml} that do not exist yet. */
  public void createTopics() {
    try (Admin admin = admin()) {
      Topics.read().createMissing(admin);
    }
  }

  public Admin admin() {
    return Admin.create(
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) bootstrapServers()));
  }

  /**
   * Runs one of Kafka's own commands to a good end.
   *
   * @param main its class
   * @return what it printed
   */
  public String run(String main, Duration timeout, List<String> arguments) {
    String name = main.substring(main.lastIndexOf('.') + 1);
    Path log = folder.log(name);
    java(name, log, main, arguments.toArray(String[]::new)).run(timeout);
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ChildProcess process() {
    return process;
  }

  @Override
  public void start() {
    FirstStart.of(data(), this::format);
    Part.super.start();
  }

  @Override
  public boolean isReady() throws Exception {
    if (!ports.answers(Port.KAFKA)) {
      return false;
    }
    try (Admin admin = admin()) {
      return !admin.describeCluster().nodes().get(10, TimeUnit.SECONDS).isEmpty();
    }
  }

  private Path data() {
    return folder.data("kafka");
  }

  private void format() {
    java(
            "kafka-format",
            folder.log("kafka"),
            "kafka.tools.StorageTool",
            "format",
            "--ignore-formatted",
            "-t",
            CLUSTER_ID,
            "-c",
            properties.toString())
        .run(Duration.ofSeconds(60));
  }

  private ChildProcess java(String name, Path log, String main, String... arguments) {
    List<String> command =
        Jvm.command(
            "256m",
            List.of("-Dlog4j2.configurationFile=" + logging, "-cp", RuntimeClassPath.KAFKA, main),
            List.of(arguments));
    return new ChildProcess(name, log, Map.of(), command);
  }
}
