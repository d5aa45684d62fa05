// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.ports;

/** Every port of a local Vigie; {@code config/ports.env} gives each as {@code <NAME>_PORT}. */
public enum Port {
  DASHBOARD("dashboard-service"),
  INGEST("ingest-service"),
  ALERT("alert-service"),
  DASHBOARD_MANAGEMENT("dashboard-service"),
  INGEST_MANAGEMENT("ingest-service"),
  ALERT_MANAGEMENT("alert-service"),
  ARCHIVE("archive-service"),
  ANALYTICS("analytics-job"),
  ANALYTICS_UI("analytics-job"),
  KAFKA("kafka"),
  KAFKA_2("kafka-2"),
  KAFKA_3("kafka-3"),
  KAFKA_4("kafka-4"),
  KAFKA_5("kafka-5"),
  KAFKA_PEER("kafka"),
  KAFKA_2_PEER("kafka-2"),
  KAFKA_3_PEER("kafka-3"),
  KAFKA_4_PEER("kafka-4"),
  KAFKA_5_PEER("kafka-5"),
  KAFKA_CONTROLLER("kafka-controller"),
  KAFKA_CONTROLLER_2("kafka-controller-2"),
  KAFKA_CONTROLLER_3("kafka-controller-3"),
  ZOOKEEPER("zookeeper"),
  ZOOKEEPER_2("zookeeper-2"),
  ZOOKEEPER_3("zookeeper-3"),
  ZOOKEEPER_PEER("zookeeper"),
  ZOOKEEPER_2_PEER("zookeeper-2"),
  ZOOKEEPER_3_PEER("zookeeper-3"),
  ZOOKEEPER_ELECTION("zookeeper"),
  ZOOKEEPER_2_ELECTION("zookeeper-2"),
  ZOOKEEPER_3_ELECTION("zookeeper-3"),
  REDIS_PRIMARY("redis-primary"),
  REDIS_REPLICA_1("redis-replica-1"),
  REDIS_REPLICA_2("redis-replica-2"),
  REDIS_SENTINEL_1("redis-sentinel-1"),
  REDIS_SENTINEL_2("redis-sentinel-2"),
  REDIS_SENTINEL_3("redis-sentinel-3"),
  NAMENODE("hdfs-namenode"),
  NAMENODE_HTTP("hdfs-namenode"),
  DATANODE("hdfs-datanode"),
  DATANODE_HTTP("hdfs-datanode"),
  DATANODE_IPC("hdfs-datanode"),
  NAMENODE_2("hdfs-namenode-2"),
  NAMENODE_2_HTTP("hdfs-namenode-2"),
  DATANODE_2("hdfs-datanode-2"),
  DATANODE_2_HTTP("hdfs-datanode-2"),
  DATANODE_2_IPC("hdfs-datanode-2"),
  DATANODE_3("hdfs-datanode-3"),
  DATANODE_3_HTTP("hdfs-datanode-3"),
  DATANODE_3_IPC("hdfs-datanode-3"),
  JOURNALNODE_1("hdfs-journalnode-1"),
  JOURNALNODE_1_HTTP("hdfs-journalnode-1"),
  JOURNALNODE_2("hdfs-journalnode-2"),
  JOURNALNODE_2_HTTP("hdfs-journalnode-2"),
  JOURNALNODE_3("hdfs-journalnode-3"),
  JOURNALNODE_3_HTTP("hdfs-journalnode-3"),
  FAILOVER_1("hdfs-failover-1"),
  FAILOVER_2("hdfs-failover-2"),
  HDFS_ZOOKEEPER("hdfs-zookeeper"),
  POSTGRESQL("postgresql"),
  SPARK_MASTER("spark-master"),
  SPARK_MASTER_UI("spark-master");

  private final String part;

  Port(String part) {
    this.part = part;
  }

  public String part() {
    return part;
  }

  /** Where the others of its kind meet it. */
  public Port peer() {
    return valueOf(name() + "_PEER");
  }

  /** Where its part tells how it is: apart from what it serves, if it serves anybody. */
  public Port management() {
    return switch (this) {
      case DASHBOARD -> DASHBOARD_MANAGEMENT;
      case INGEST -> INGEST_MANAGEMENT;
      case ALERT -> ALERT_MANAGEMENT;
      default -> this;
    };
  }

  String key() {
    return name() + "_PORT";
  }
}
