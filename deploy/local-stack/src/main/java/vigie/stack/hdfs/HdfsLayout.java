// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.hdfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import vigie.command.AtomicFile;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.AotCache;
import vigie.stack.process.Condition;
import vigie.stack.process.ConfigTemplate;
import vigie.stack.process.Http;
import vigie.stack.process.RuntimeClassPath;
import vigie.stack.workspace.DataTemplate;
import vigie.stack.workspace.Fingerprint;
import vigie.stack.workspace.StackFolder;

/** Where the daemons of one form of HDFS have their settings and data, and how each is started. */
final class HdfsLayout {

  private static final String NAMENODE = "org.apache.hadoop.hdfs.server.namenode.NameNode";
  private static final String DATANODE = "org.apache.hadoop.hdfs.server.datanode.DataNode";
  private static final String JOURNALNODE = "org.apache.hadoop.hdfs.qjournal.server.JournalNode";
  private static final String FAILOVER = "org.apache.hadoop.hdfs.tools.DFSZKFailoverController";
  private static final String ZOOKEEPER = "org.apache.zookeeper.server.quorum.QuorumPeerMain";
  private static final String ZOOKEEPER_SETTINGS = "zookeeper.properties";

  private static final Duration PREPARATION = Duration.ofSeconds(60);

  private final StackFolder folder;
  private final Ports ports;
  private final HdfsTopology topology;

  HdfsLayout(StackFolder folder, Ports ports, HdfsTopology topology) {
    this.folder = folder;
    this.ports = ports;
    this.topology = topology;
    IntStream.rangeClosed(1, topology.dataNodes().size()).forEach(this::render);
  }

  /** One form cannot read what the other wrote. */
  Path data() {
    return folder.data(topology == HdfsTopology.MINIMAL ? "hdfs" : "hdfs-" + topology);
  }

  /** The settings of the daemons with this number; clients take those of the first. */
  Path conf(int number) {
    return topology == HdfsTopology.MINIMAL
        ? folder.conf("hdfs")
        : folder.conf("hdfs-%s/%d".formatted(topology, number));
  }

  /** For {@code deploy/audit}, which asks the HDFS that was started last. */
  void noteForm() {
    Path note = folder.data("hdfs-form");
    try {
      AtomicFile.write(note, topology + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<HdfsDaemon> nameNodes() {
    return daemons(
        "hdfs-namenode",
        NAMENODE,
        topology.nameNodes(),
        web -> () -> bean(web, "NameNode", "NameNodeInfo").contains("\"Safemode\""));
  }

  List<HdfsDaemon> dataNodes() {
    return daemons(
        "hdfs-datanode",
        DATANODE,
        topology.dataNodes(),
        port ->
            () ->
                bean(Port.valueOf(port + "_HTTP"), "DataNode", "DataNodeInfo").contains("RUNNING"));
  }

  List<HdfsDaemon> journalNodes() {
    return daemons(
        "hdfs-journalnode",
        JOURNALNODE,
        topology.journalNodes(),
        port -> () -> ports.answers(port));
  }

  /** They elect the active NameNode. */
  List<HdfsDaemon> failovers() {
    return daemons(
        "hdfs-failover", FAILOVER, topology.failovers(), port -> () -> ports.answers(port));
  }

  List<HdfsDaemon> zooKeepers() {
    if (topology == HdfsTopology.MINIMAL) {
      return List.of();
    }
    String settings = conf(1).resolve(ZOOKEEPER_SETTINGS).toString();
    return List.of(
        daemon(
            Port.HDFS_ZOOKEEPER.part(),
            ZOOKEEPER,
            List.of(settings),
            () -> ports.answers(Port.HDFS_ZOOKEEPER)));
  }

  /** An empty file system. JournalNodes and ZooKeeper run if there are any. */
  void format() {
    if (topology == HdfsTopology.STEADY) {
      run(NAMENODE, "-format", "-nonInteractive");
      // The second NameNode begins with what the first one was formatted to.
      DataTemplate.copy(data().resolve("namenode-1"), data().resolve("namenode-2"));
      run(FAILOVER, "-formatZK", "-nonInteractive");
    } else {
      formatAlone();
    }
  }

  /**
   * A copy bears ids of its own for the cluster and its blocks, so that a DataNode of another one
   * is refused. The root folder belongs to the user that formatted it.
   */
  private void formatAlone() {
    Path name = data().resolve("name");
    String user = System.getProperty("user.name");
    DataTemplate formatted =
        new DataTemplate(
            folder, "hdfs-" + Fingerprint.of(user).andClassPath(RuntimeClassPath.HDFS).toString());
    if (formatted.copiedTo(name)) {
      Path version = name.resolve("current/VERSION");
      UUID cluster = UUID.randomUUID();
      DataTemplate.set(version, "clusterID", "CID-" + cluster);
      DataTemplate.set(
          version,
          "blockpoolID",
          "BP-%d-127.0.0.1-%d"
              .formatted(cluster.hashCode() & Integer.MAX_VALUE, System.currentTimeMillis()));
    } else {
      run(NAMENODE, "-format", "-nonInteractive");
      formatted.store(name);
    }
  }

  /** What a daemon says of itself at its web port. */
  String bean(Port web, String service, String name) throws IOException, InterruptedException {
    String query = "/jmx?qry=Hadoop:service=%s,name=%s".formatted(service, name);
    return Http.get("http://" + ports.address(web) + query).body();
  }

  private interface Readiness {
    Condition at(Port port);
  }

  private List<HdfsDaemon> daemons(
      String name, String main, List<Port> ofEach, Readiness readiness) {
    return IntStream.rangeClosed(1, ofEach.size())
        .mapToObj(
            number ->
                daemon(
                    topology == HdfsTopology.MINIMAL ? name : name + "-" + number,
                    main,
                    settingsOf(number),
                    readiness.at(ofEach.get(number - 1))))
        .toList();
  }

  private HdfsDaemon daemon(String name, String main, List<String> arguments, Condition ready) {
    return new HdfsDaemon(
        HdfsDaemon.java(name, main, folder.log(name), logging(), arguments), ready);
  }

  private void run(String main, String... arguments) {
    List<String> all = new ArrayList<>(settingsOf(1));
    all.addAll(List.of(arguments));
    HdfsDaemon.java("hdfs-format", main, folder.log("hdfs-format"), logging(), all)
        .run(PREPARATION);
  }

  private Path logging() {
    return conf(1).resolve("log4j.properties");
  }

  /**
   * The options by which a daemon of Hadoop finds its settings. They are in no folder of its class
   * path, for then the JVM could not use an {@link AotCache}.
   */
  private List<String> settingsOf(int number) {
    return List.of(
        "-conf",
        conf(number).resolve("core-site.xml").toString(),
        "-conf",
        conf(number).resolve("hdfs-site.xml").toString());
  }

  private List<String> settings() {
    return topology == HdfsTopology.MINIMAL
        ? List.of("core-site.xml", "hdfs-site.xml")
        : List.of("core-site.xml", "hdfs-site.xml", ZOOKEEPER_SETTINGS);
  }

  private void render(int number) {
    Map<String, String> variables = new HashMap<>();
    variables.put("HDFS_DATA", data().toString());
    variables.put("NODE", Integer.toString(number));
    putThis(variables, topology.dataNodes(), number, "DATANODE", "", "_HTTP", "_IPC");
    putThis(variables, topology.journalNodes(), number, "JOURNALNODE", "", "_HTTP");
    ConfigTemplate template = new ConfigTemplate(ports, variables);
    template.render("hdfs/log4j.properties", conf(number).resolve("log4j.properties"));
    for (String file : settings()) {
      template.render("hdfs/%s/%s".formatted(topology, file), conf(number).resolve(file));
    }
  }

  /** {@code ${THIS_DATANODE_HTTP_PORT}} and the like: those of the daemon with this number. */
  private void putThis(
      Map<String, String> variables,
      List<Port> ofEach,
      int number,
      String daemon,
      String... purposes) {
    if (ofEach.isEmpty()) {
      return;
    }
    for (String purpose : purposes) {
      Port port = Port.valueOf(ofEach.get(number - 1).name() + purpose);
      variables.put("THIS_%s%s_PORT".formatted(daemon, purpose), Integer.toString(ports.of(port)));
    }
  }
}
