// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import vigie.stack.ports.Host;
import vigie.stack.process.ChildProcess;
import vigie.stack.process.ConfigTemplate;
import vigie.stack.process.JitMode;
import vigie.stack.process.JvmCommand;
import vigie.stack.process.RuntimeClassPath;
import vigie.stack.workspace.Fingerprint;
import vigie.stack.workspace.StackFolder;

/** Kafka's classes as programs, of the version that a form needs: nodes and commands. */
final class KafkaProgram {

  private static final String ZOOKEEPER = "org.apache.zookeeper.server.quorum.QuorumPeerMain";
  private static final String FORMATTER = "kafka.tools.StorageTool";
  private static final String COMMAND_HEAP = "256m";

  private final StackFolder folder;
  private final String classPath;
  private final String logging;
  private final JitMode jit;

  /**
   * @param jit of the JVMs of nodes
   */
  KafkaProgram(StackFolder folder, ConfigTemplate template, KafkaTopology topology, JitMode jit) {
    this.folder = folder;
    this.jit = jit;
    this.classPath =
        topology.hasZooKeeper() ? RuntimeClassPath.KAFKA_ZOOKEEPER : RuntimeClassPath.KAFKA;
    String file = topology.hasZooKeeper() ? "log4j.properties" : "log4j2.properties";
    Path rendered =
        template.render("kafka/%s/%s".formatted(topology, file), folder.conf("kafka/" + file));
    this.logging =
        topology.hasZooKeeper()
            ? "-Dlog4j.configuration=file:" + rendered
            : "-Dlog4j2.configurationFile=" + rendered;
  }

  /** Of this version of Kafka. */
  String fingerprint() {
    return Fingerprint.of().andClassPath(classPath).toString();
  }

  /** A process that stays, named after the part it is. */
  ChildProcess node(String name, Host host, String heap, String main, Path settings) {
    return started(name, host, heap, jit, main, settings);
  }

  /** A server of ZooKeeper, whose few writes are never hot. */
  ChildProcess zooKeeper(String name, String heap, Path settings) {
    return started(name, Host.LOOPBACK, heap, JitMode.QUICK, ZOOKEEPER, settings);
  }

  private ChildProcess started(
      String name, Host host, String heap, JitMode started, String main, Path settings) {
    List<String> command =
        JvmCommand.program(
            heap, started, List.of(logging), classPath, main, List.of(settings.toString()));
    return new ChildProcess(name, folder.log(name), Map.of(), host.running(command));
  }

  /** Prepares the data folder of a KRaft node that has never run. */
  void format(String node, String clusterId, Path settings) {
    List<String> arguments =
        List.of("format", "--ignore-formatted", "-t", clusterId, "-c", settings.toString());
    command(node + "-format", folder.log(node), JitMode.QUICK, FORMATTER, arguments)
        .run(Duration.ofSeconds(60));
  }

  /** Runs a command to a good end, and answers what it printed. */
  String run(String main, Duration timeout, List<String> arguments) {
    String name = main.substring(main.lastIndexOf('.') + 1);
    Path log = folder.log(name);
    command(name, log, JitMode.FULL, main, arguments).run(timeout);
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ChildProcess command(
      String name, Path log, JitMode used, String main, List<String> arguments) {
    List<String> options = List.of(logging, "-cp", classPath, main);
    List<String> command = JvmCommand.command(COMMAND_HEAP, used, options, arguments);
    return new ChildProcess(name, log, Map.of(), command);
  }
}
