// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where the daemons of one form of HDFS have their settings and data, and how each is started. */
final class HdfsLayout {

  private static final String NAMENODE = "org.apache.hadoop.hdfs.server.namenode.NameNode";
  private static final String DATANODE = "org.apache.hadoop.hdfs.server.datanode.DataNode";
  private static final String JOURNALNODE = "org.apache.hadoop.hdfs.qjournal.server.JournalNode";
  private static final String FAILOVER = "org.apache.hadoop.hdfs.tools.DFSZKFailoverController";
  private static final String ZOOKEEPER = "org.apache.zookeeper.server.quorum.QuorumPeerMain";
  private static final String ZOOKEEPER_SETTINGS = "zookeeper.properties";

  private static final Duration PREPARATION = Duration.ofSeconds(60);

  private final Folder folder;
  private final Ports ports;
  private final HdfsForm form;

  HdfsLayout(Folder folder, Ports ports, HdfsForm form) {
    this.folder = folder;
    this.ports = ports;
    this.form = form;
    IntStream.rangeClosed(1, form.dataNodes().size()).forEach(this::render);
  }

  /** One form cannot read what the other wrote. */
  Path data() {
    return folder.data(form == HdfsForm.MINIMAL ? "hdfs" : "hdfs-" + form);
  }

  /** The settings of the daemons with this number; clients take those of the first. */
  Path conf(int number) {
    return form == HdfsForm.MINIMAL
        ? folder.conf("hdfs")
        : folder.conf("hdfs-%s/%d".formatted(form, number));
  }

  /** For {@code deploy/audit}, which asks the HDFS that was started last. */
  void noteForm() {
    Path note = folder.data("hdfs-form");
    try {
      Files.createDirectories(note.getParent());
      Files.writeString(note, form + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<HdfsDaemon> nameNodes() {
    return daemons(
        "hdfs-namenode",
        NAMENODE,
        form.nameNodes(),
        web -> () -> bean(web, "NameNode", "NameNodeInfo").contains("\"Safemode\""));
  }

  List<HdfsDaemon> dataNodes() {
    return daemons(
        "hdfs-datanode",
        DATANODE,
        form.dataNodes(),
        port ->
            () ->
                bean(Port.valueOf(port + "_HTTP"), "DataNode", "DataNodeInfo").contains("RUNNING"));
  }

  List<HdfsDaemon> journalNodes() {
    return daemons(
        "hdfs-journalnode", JOURNALNODE, form.journalNodes(), port -> () -> ports.answers(port));
  }

  /** They elect the active NameNode. */
  List<HdfsDaemon> failovers() {
    return daemons("hdfs-failover", FAILOVER, form.failovers(), port -> () -> ports.answers(port));
  }

  List<HdfsDaemon> zooKeepers() {
    if (form == HdfsForm.MINIMAL) {
      return List.of();
    }
    String settings = conf(1).resolve(ZOOKEEPER_SETTINGS).toString();
    return List.of(
        daemon(
            Port.HDFS_ZOOKEEPER.part(),
            ZOOKEEPER,
            1,
            List.of(settings),
            () -> ports.answers(Port.HDFS_ZOOKEEPER)));
  }

  /** An empty file system. JournalNodes and ZooKeeper run if there are any. */
  void format() {
    run(NAMENODE, "-format", "-nonInteractive");
    if (form == HdfsForm.STEADY) {
      copy(data().resolve("namenode-1"), data().resolve("namenode-2"));
      run(FAILOVER, "-formatZK", "-nonInteractive");
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
                    form == HdfsForm.MINIMAL ? name : name + "-" + number,
                    main,
                    number,
                    List.of(),
                    readiness.at(ofEach.get(number - 1))))
        .toList();
  }

  private HdfsDaemon daemon(
      String name, String main, int number, List<String> arguments, Condition ready) {
    return new HdfsDaemon(name, main, folder, conf(number), arguments, ready);
  }

  private void run(String main, String... arguments) {
    HdfsDaemon.java("hdfs-format", main, folder.log("hdfs-format"), conf(1), List.of(arguments))
        .run(PREPARATION);
  }

  private List<String> settings() {
    return form == HdfsForm.MINIMAL
        ? List.of("core-site.xml", "hdfs-site.xml")
        : List.of("core-site.xml", "hdfs-site.xml", ZOOKEEPER_SETTINGS);
  }

  private void render(int number) {
    Map<String, String> variables = new HashMap<>();
    variables.put("HDFS_DATA", data().toString());
    variables.put("NODE", Integer.toString(number));
    putThis(variables, form.dataNodes(), number, "DATANODE", "", "_HTTP", "_IPC");
    putThis(variables, form.journalNodes(), number, "JOURNALNODE", "", "_HTTP");
    Template template = new Template(ports, variables);
    template.render("hdfs/log4j.properties", conf(number).resolve("log4j.properties"));
    for (String file : settings()) {
      template.render("hdfs/%s/%s".formatted(form, file), conf(number).resolve(file));
    }
    createEmptyWebPages(conf(number));
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

  /** The daemons refuse to start without the folders of their web pages, which we do not need. */
  private static void createEmptyWebPages(Path conf) {
    try {
      for (String pages : List.of("hdfs", "datanode", "journal", "static")) {
        Files.createDirectories(conf.resolve("webapps").resolve(pages));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The second NameNode begins with what the first one was formatted to. */
  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
