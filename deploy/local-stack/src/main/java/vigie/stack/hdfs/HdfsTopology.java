// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.hdfs;

import java.util.List;
import java.util.Locale;
import vigie.stack.ports.Port;
import vigie.stack.process.TopologyName;

/** What HDFS is made of; each has a folder of settings in {@code config/hdfs}. */
public enum HdfsTopology {
  /** One NameNode and one DataNode: while either is away, its clients wait. */
  MINIMAL,
  /**
   * Two NameNodes, one active and one standby, three JournalNodes and three DataNodes: any one of
   * each may fail.
   */
  STEADY;

  public static HdfsTopology parse(String name) {
    return TopologyName.find("HDFS", values(), name);
  }

  /** The web port of each NameNode. */
  List<Port> nameNodes() {
    return this == MINIMAL
        ? List.of(Port.NAMENODE_HTTP)
        : List.of(Port.NAMENODE_HTTP, Port.NAMENODE_2_HTTP);
  }

  /** The data port of each DataNode. */
  List<Port> dataNodes() {
    return this == MINIMAL
        ? List.of(Port.DATANODE)
        : List.of(Port.DATANODE, Port.DATANODE_2, Port.DATANODE_3);
  }

  /** The port of each JournalNode. */
  List<Port> journalNodes() {
    return this == MINIMAL
        ? List.of()
        : List.of(Port.JOURNALNODE_1, Port.JOURNALNODE_2, Port.JOURNALNODE_3);
  }

  /** The port of each failover controller, one beside each NameNode. */
  List<Port> failovers() {
    return this == MINIMAL ? List.of() : List.of(Port.FAILOVER_1, Port.FAILOVER_2);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
