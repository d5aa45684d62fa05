// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.nio.file.Path;
import java.time.Duration;
import vigie.stack.hdfs.HdfsTopology;
import vigie.stack.kafka.KafkaTopology;
import vigie.stack.ports.Ports;
import vigie.stack.redis.RedisTopology;
import vigie.stack.workspace.StackFolder;
import vigie.stack.workspace.WorkingCopy;

/** How a stack is to be started. */
public record StackOptions(
    StackFolder folder,
    Ports ports,
    boolean students,
    Duration analyticsInterval,
    RedisTopology redis,
    KafkaTopology kafka,
    HdfsTopology hdfs,
    AccessMode access,
    boolean secure,
    int sparkWorkers) {

  private static final Duration EVERY_MINUTE = Duration.ofMinutes(1);

  /** The data folder and ports of the working copy, with simulated laptops. */
  public static StackOptions forPeople() {
    return new StackOptions(
        new StackFolder(WorkingCopy.state()),
        Ports.fixed(),
        true,
        EVERY_MINUTE,
        RedisTopology.REPLICATION,
        KafkaTopology.KRAFT_MINIMAL,
        HdfsTopology.MINIMAL,
        AccessMode.TOKENS,
        false,
        0);
  }

  /**
   * Free ports, no simulated laptops, data and logs below the given folder, and no tokens asked.
   */
  public static StackOptions forTest(Path folder) {
    return new StackOptions(
        new StackFolder(folder),
        Ports.ephemeral(),
        false,
        EVERY_MINUTE,
        RedisTopology.REPLICATION,
        KafkaTopology.KRAFT_MINIMAL,
        HdfsTopology.MINIMAL,
        AccessMode.OPEN,
        false,
        0);
  }

  /** With data, logs and all else in this folder. */
  public StackOptions in(StackFolder other) {
    return new StackOptions(
        other,
        ports,
        students,
        analyticsInterval,
        redis,
        kafka,
        hdfs,
        access,
        secure,
        sparkWorkers);
  }

  public StackOptions withoutStudents() {
    return new StackOptions(
        folder, ports, false, analyticsInterval, redis, kafka, hdfs, access, secure, sparkWorkers);
  }

  public StackOptions withStudents() {
    return new StackOptions(
        folder, ports, true, analyticsInterval, redis, kafka, hdfs, access, secure, sparkWorkers);
  }

  public StackOptions withPorts(Ports other) {
    return new StackOptions(
        folder,
        other,
        students,
        analyticsInterval,
        redis,
        kafka,
        hdfs,
        access,
        secure,
        sparkWorkers);
  }

  /** Time between two runs of the analytics; the default is a minute. */
  public StackOptions withAnalyticsInterval(Duration interval) {
    return new StackOptions(
        folder, ports, students, interval, redis, kafka, hdfs, access, secure, sparkWorkers);
  }

  /** How Redis is looked after; the default is without Sentinels. */
  public StackOptions withRedis(RedisTopology topology) {
    return new StackOptions(
        folder,
        ports,
        students,
        analyticsInterval,
        topology,
        kafka,
        hdfs,
        access,
        secure,
        sparkWorkers);
  }

  /** What Kafka is made of; the default is one process. */
  public StackOptions withKafka(KafkaTopology topology) {
    return new StackOptions(
        folder,
        ports,
        students,
        analyticsInterval,
        redis,
        topology,
        hdfs,
        access,
        secure,
        sparkWorkers);
  }

  /** What HDFS is made of; the default is one NameNode and one DataNode. */
  public StackOptions withHdfs(HdfsTopology topology) {
    return new StackOptions(
        folder,
        ports,
        students,
        analyticsInterval,
        redis,
        kafka,
        topology,
        access,
        secure,
        sparkWorkers);
  }

  /** Whether the services ask for tokens; people's do, tests' do not. */
  public StackOptions withAccess(AccessMode other) {
    return new StackOptions(
        folder,
        ports,
        students,
        analyticsInterval,
        redis,
        kafka,
        hdfs,
        other,
        secure,
        sparkWorkers);
  }

  /** Kafka, Redis, PostgreSQL and HDFS accept only the parts, each for its own work only. */
  public StackOptions secured() {
    return new StackOptions(
        folder, ports, students, analyticsInterval, redis, kafka, hdfs, access, true, sparkWorkers);
  }

  /** How many processes do the work of analytics-job; the default, 0, is that it does it itself. */
  public StackOptions withSparkWorkers(int workers) {
    return new StackOptions(
        folder, ports, students, analyticsInterval, redis, kafka, hdfs, access, secure, workers);
  }
}
