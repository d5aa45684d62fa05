// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Node;
import vigie.stack.ports.Port;
import vigie.stack.process.ChildProcess;
import vigie.stack.process.ManagedProcess;

/** One broker; in the form {@code kraft-minimal} it is its own controller too. */
public final class KafkaNode implements ManagedProcess {

  private final int id;
  private final KafkaAdminClients admins;
  private final Port port;
  private final KafkaProgram program;
  private final ChildProcess process;
  private final Runnable preparation;

  /**
   * @param preparation what has to come before each start
   */
  KafkaNode(
      int id,
      KafkaAdminClients admins,
      Port port,
      KafkaProgram program,
      ChildProcess process,
      Runnable preparation) {
    this.id = id;
    this.admins = admins;
    this.port = port;
    this.program = program;
    this.process = process;
    this.preparation = preparation;
  }

  /** As {@link KafkaCluster#startIn(Path, KafkaTopology)}, of one process. */
  public static KafkaNode startIn(Path folder) {
    return KafkaCluster.startIn(folder, KafkaTopology.KRAFT_MINIMAL).brokers().get(0);
  }

  public int id() {
    return id;
  }

  public String bootstrapServers() {
    return admins.ports().address(port);
  }

  /** The topics of {@code config/topics.yaml} that do not exist yet. */
  public void createTopics() {
    try (Admin admin = admin()) {
      Topics.read().createMissing(admin);
    }
  }

  /** A topic of its own, with one copy of each partition; returns once it can be written to. */
  public void createTopic(String topic, int partitions)
      throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
      new TopicPartitions(admin, List.of(topic)).awaitWritable();
    }
  }

  /** Deletes a topic and makes another of the same name; returns once it can be written to. */
  public void createTopicAgain(String topic, int partitions)
      throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
      new TopicPartitions(admin, List.of(topic)).awaitDeleted();
    }
    createTopic(topic, partitions);
  }

  /** With all rights. */
  public Admin admin() {
    return admins.at(List.of(port));
  }

  /**
   * Runs one of Kafka's own commands to a good end.
   *
   * @param main its class
   * @return what it printed
   */
  public String run(String main, Duration timeout, List<String> arguments) {
    return program.run(main, timeout, arguments);
  }

  @Override
  public ChildProcess process() {
    return process;
  }

  @Override
  public void prepare() {
    preparation.run();
  }

  /** Whether it answers, and counts itself among the brokers. */
  @Override
  public boolean isReady() throws Exception {
    return brokers().contains(id);
  }

  /** The ids of the brokers that it knows; none while it does not answer. */
  Set<Integer> brokers() throws Exception {
    if (!admins.ports().answers(port)) {
      return Set.of();
    }
    try (Admin admin = admin()) {
      return admin.describeCluster().nodes().get(10, TimeUnit.SECONDS).stream()
          .map(Node::id)
          .collect(Collectors.toSet());
    }
  }
}
