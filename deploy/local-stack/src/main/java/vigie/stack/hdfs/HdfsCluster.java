// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.hdfs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ManagedProcess;
import vigie.stack.process.Shutdown;
import vigie.stack.workspace.OneTimeSetup;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

/** A real HDFS, in one of its forms. */
public final class HdfsCluster implements AutoCloseable {

  private final HdfsTopology topology;
  private final Ports ports;
  private final HdfsLayout layout;

  /** What the NameNodes need before they are formatted: JournalNodes, and ZooKeeper. */
  private final List<HdfsDaemon> coordination;

  private final List<HdfsDaemon> journalNodes;
  private final List<HdfsDaemon> nameNodes;
  private final List<HdfsDaemon> failovers;
  private final List<HdfsDaemon> dataNodes;

  public HdfsCluster(StackFolder folder, Ports ports, HdfsTopology topology) {
    this.topology = topology;
    this.ports = ports;
    this.layout = new HdfsLayout(folder, ports, topology);
    this.journalNodes = layout.journalNodes();
    this.coordination = Stream.concat(layout.zooKeepers().stream(), journalNodes.stream()).toList();
    this.nameNodes = layout.nameNodes();
    this.failovers = layout.failovers();
    this.dataNodes = layout.dataNodes();
  }

  /** A running cluster of its own, with free ports, for a test; it is killed when closed. */
  public static HdfsCluster startIn(Path folder) {
    return startIn(folder, HdfsTopology.MINIMAL);
  }

  public static HdfsCluster startIn(Path folder, HdfsTopology topology) {
    HdfsCluster hdfs = new HdfsCluster(new StackFolder(folder), Ports.ephemeral(), topology);
    hdfs.parts().forEach(ManagedProcess::killWhenClosed);
    hdfs.start();
    hdfs.awaitReady();
    return hdfs;
  }

  /**
   * {@code hdfs://127.0.0.1:<port>}, or the name of the whole where NameNodes replace each other.
   */
  public String url() {
    return topology == HdfsTopology.MINIMAL
        ? "hdfs://" + ports.address(Port.NAMENODE)
        : "hdfs://vigie";
  }

  /** What a client has to be told besides the URL. */
  public Map<String, String> environment() {
    return topology == HdfsTopology.MINIMAL
        ? Map.of()
        : Map.of("HADOOP_CONF_DIR", clientSettings().toString());
  }

  /** The folder with {@code core-site.xml} and {@code hdfs-site.xml} as clients read them. */
  public Path clientSettings() {
    return layout.conf(1);
  }

  /** The web address of the first NameNode, also of its REST interface. */
  public String webUrl() {
    return "http://" + ports.address(Port.NAMENODE_HTTP);
  }

  /** As many as there can be copies of a block. */
  public int dataNodes() {
    return dataNodes.size();
  }

  /** The NameNode that serves clients now. */
  public ManagedProcess nameNode() {
    if (nameNodes.size() == 1) {
      return nameNodes.get(0);
    }
    for (int i = 0; i < nameNodes.size(); i++) {
      if (isActive(topology.nameNodes().get(i))) {
        return nameNodes.get(i);
      }
    }
    throw new StackException("no NameNode is active");
  }

  public ManagedProcess dataNode() {
    return dataNodes.get(0);
  }

  public List<ManagedProcess> journalNodes() {
    return List.copyOf(journalNodes);
  }

  public void start() {
    layout.noteForm();
    OneTimeSetup.of(layout.data(), this::format);
    startThoseThatDoNotRun(coordination);
    startThoseThatDoNotRun(nameNodes);
    startThoseThatDoNotRun(failovers);
    startThoseThatDoNotRun(dataNodes);
  }

  /** The owners' folders, as {@link HdfsPermissions} gives them. */
  public interface Gift {
    void by(HdfsPermissions permissions) throws IOException, InterruptedException;
  }

  /** Gives folders to users; safe to repeat. */
  public void give(Gift gift) {
    nameNodes
        .get(0)
        .process()
        .await(
            () -> {
              for (Port web : topology.nameNodes()) {
                if (isActive(web)) {
                  gift.by(new HdfsPermissions("http://" + ports.address(web)));
                  return true;
                }
              }
              return false;
            });
  }

  /** Waits until files can be written: all daemons do their work and the safe mode is left. */
  public void awaitReady() {
    parts().forEach(ManagedProcess::awaitReady);
    nameNodes.get(0).process().await(this::isWritable);
  }

  /** SIGKILL for all: where nothing that it holds is needed again. */
  public void kill() {
    parts().forEach(ManagedProcess::kill);
  }

  @Override
  public void close() {
    Shutdown.inOrder(
        List.of(
            closing(Stream.of(dataNodes, failovers, nameNodes).flatMap(List::stream)),
            closing(coordination.stream())));
  }

  private static List<Runnable> closing(Stream<HdfsDaemon> daemons) {
    return daemons.<Runnable>map(daemon -> daemon::close).toList();
  }

  /** In the order in which they are stopped. */
  public List<ManagedProcess> parts() {
    List<ManagedProcess> parts = new ArrayList<>(dataNodes);
    parts.addAll(failovers);
    parts.addAll(nameNodes);
    parts.addAll(coordination);
    return parts;
  }

  private void format() {
    startThoseThatDoNotRun(coordination);
    coordination.forEach(ManagedProcess::awaitReady);
    layout.format();
  }

  private static void startThoseThatDoNotRun(List<HdfsDaemon> daemons) {
    daemons.stream().filter(daemon -> !daemon.process().isAlive()).forEach(HdfsDaemon::start);
  }

  private boolean isActive(Port web) {
    try {
      return layout.bean(web, "NameNode", "NameNodeStatus").contains("\"State\" : \"active\"");
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isWritable() throws IOException, InterruptedException {
    String live = "\"NumLiveDataNodes\" : " + dataNodes.size();
    for (Port web : topology.nameNodes()) {
      if (isActive(web)
          && layout.bean(web, "NameNode", "FSNamesystemState").contains(live)
          && layout.bean(web, "NameNode", "NameNodeInfo").contains("\"Safemode\" : \"\"")) {
        return true;
      }
    }
    return false;
  }
}
