// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

/** Every port of a local Vigie; {@code config/ports.env} gives each as {@code <NAME>_PORT}. */
public enum Port {
  DASHBOARD("dashboard-service"),
  INGEST("ingest-service"),
  ALERT("alert-service"),
  ARCHIVE("archive-service"),
  ANALYTICS("analytics-job"),
  ANALYTICS_UI("analytics-job"),
  KAFKA("kafka"),
  KAFKA_CONTROLLER("kafka"),
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
  POSTGRESQL("postgresql");

  private final String part;

  Port(String part) {
    this.part = part;
  }

  String part() {
    return part;
  }

  String key() {
    return name() + "_PORT";
  }
}
