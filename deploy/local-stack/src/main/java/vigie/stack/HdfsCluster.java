// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real HDFS: one NameNode and one DataNode. */
public final class HdfsCluster implements AutoCloseable {

  private static final String NAMENODE = "org.apache.hadoop.hdfs.server.namenode.NameNode";
  private static final String DATANODE = "org.apache.hadoop.hdfs.server.datanode.DataNode";

  private final Folder folder;
  private final Ports ports;
  private final Path conf;
  private final HdfsDaemon nameNode;
  private final HdfsDaemon dataNode;

  public HdfsCluster(Folder folder, Ports ports) {
    this.folder = folder;
    this.ports = ports;
    this.conf = folder.conf("hdfs");
    Template template = new Template(ports, Map.of("HDFS_DATA", data().toString()));
    for (String file : List.of("core-site.xml", "hdfs-site.xml", "log4j.properties")) {
      template.render("hdfs/" + file, conf.resolve(file));
    }
    createEmptyWebPages();
    this.nameNode =
        new HdfsDaemon(Port.NAMENODE.part(), NAMENODE, folder, conf, this::nameNodeAnswers);
    this.dataNode =
        new HdfsDaemon(Port.DATANODE.part(), DATANODE, folder, conf, this::dataNodeIsRegistered);
  }

  /** A running cluster of its own, with free ports, for a test. */
  public static HdfsCluster startIn(Path folder) {
    HdfsCluster hdfs = new HdfsCluster(new Folder(folder), Ports.ephemeral());
    hdfs.start();
    hdfs.awaitReady();
    return hdfs;
  }

  /** {@code hdfs://127.0.0.1:<port>}. */
  public String url() {
    return "hdfs://" + ports.address(Port.NAMENODE);
  }

  /** The NameNode's web address, also of its REST interface. */
  public String webUrl() {
    return "http://" + ports.address(Port.NAMENODE_HTTP);
  }

  /** As many as there can be copies of a block. */
  public int dataNodes() {
    return 1;
  }

  public Part nameNode() {
    return nameNode;
  }

  public Part dataNode() {
    return dataNode;
  }

  public void start() {
    FirstStart.of(data(), this::format);
    nameNode.start();
    dataNode.start();
  }

  /** Waits until files can be written: the DataNode is registered and the safe mode is left. */
  public void awaitReady() {
    nameNode.awaitReady();
    dataNode.awaitReady();
    nameNode.process().await(Part.STARTUP, this::isOutOfSafeMode);
  }

  @Override
  public void close() {
    dataNode.close();
    nameNode.close();
  }

  List<Part> parts() {
    return List.of(nameNode, dataNode);
  }

  private Path data() {
    return folder.data("hdfs");
  }

  private void format() {
    HdfsDaemon.java(
            "hdfs-format",
            NAMENODE,
            folder.log(Port.NAMENODE.part()),
            conf,
            List.of("-format", "-nonInteractive"))
        .run(Duration.ofSeconds(60));
  }

  private boolean nameNodeAnswers() throws Exception {
    return bean(Port.NAMENODE_HTTP, "NameNode", "NameNodeInfo").contains("\"Safemode\"");
  }

  private boolean isOutOfSafeMode() throws Exception {
    return bean(Port.NAMENODE_HTTP, "NameNode", "NameNodeInfo").contains("\"Safemode\" : \"\"");
  }

  private boolean dataNodeIsRegistered() throws Exception {
    return bean(Port.DATANODE_HTTP, "DataNode", "DataNodeInfo").contains("RUNNING")
        && bean(Port.NAMENODE_HTTP, "NameNode", "FSNamesystemState")
            .contains("\"NumLiveDataNodes\" : 1");
  }

  private String bean(Port port, String service, String name)
      throws IOException, InterruptedException {
    String query = "/jmx?qry=Hadoop:service=%s,name=%s".formatted(service, name);
    return Http.get("http://" + ports.address(port) + query).body();
  }

  /** The daemons refuse to start without the folders of their web pages, which we do not need. */
  private void createEmptyWebPages() {
    try {
      for (String pages : List.of("hdfs", "datanode", "static")) {
        Files.createDirectories(conf.resolve("webapps").resolve(pages));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
