// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.nio.file.Path;
import java.time.Duration;
import vigie.stack.hdfs.HdfsForm;
import vigie.stack.kafka.KafkaForm;
import vigie.stack.ports.Ports;
import vigie.stack.redis.RedisForm;
import vigie.stack.workspace.Folder;
import vigie.stack.workspace.Repository;

/** How a stack is to be started. */
public record Options(
    Folder folder,
    Ports ports,
    boolean students,
    Duration analyticsInterval,
    RedisForm redis,
    KafkaForm kafka,
    HdfsForm hdfs,
    Access access,
    boolean secure,
    int sparkWorkers) {

  private static final Duration EVERY_MINUTE = Duration.ofMinutes(1);

  /** The data folder and ports of the working copy, with simulated laptops. */
  public static Options forPeople() {
    return new Options(
        new Folder(Repository.state()),
        Ports.fixed(),
        true,
        EVERY_MINUTE,
        RedisForm.REPLICATION,
        KafkaForm.KRAFT_MINIMAL,
        HdfsForm.MINIMAL,
        Access.TOKENS,
        false,
        0);
  }

  /**
   * Free ports, no simulated laptops, data and logs below the given folder, and no tokens asked.
   */
  public static Options forTest(Path folder) {
    return new Options(
        new Folder(folder),
        Ports.ephemeral(),
        false,
        EVERY_MINUTE,
        RedisForm.REPLICATION,
        KafkaForm.KRAFT_MINIMAL,
        HdfsForm.MINIMAL,
        Access.OPEN,
        false,
        0);
  }

  /** With data, logs and all else in this folder. */
  public Options in(Folder other) {
    return new Options(
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

  public Options withoutStudents() {
    return new Options(
        folder, ports, false, analyticsInterval, redis, kafka, hdfs, access, secure, sparkWorkers);
  }

  public Options withStudents() {
    return new Options(
        folder, ports, true, analyticsInterval, redis, kafka, hdfs, access, secure, sparkWorkers);
  }

  public Options withPorts(Ports other) {
    return new Options(
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
  public Options withAnalyticsInterval(Duration interval) {
    return new Options(
        folder, ports, students, interval, redis, kafka, hdfs, access, secure, sparkWorkers);
  }

  /** How Redis is looked after; the default is without Sentinels. */
  public Options withRedis(RedisForm form) {
    return new Options(
        folder,
        ports,
        students,
        analyticsInterval,
        form,
        kafka,
        hdfs,
        access,
        secure,
        sparkWorkers);
  }

  /** What Kafka is made of; the default is one process. */
  public Options withKafka(KafkaForm form) {
    return new Options(
        folder,
        ports,
        students,
        analyticsInterval,
        redis,
        form,
        hdfs,
        access,
        secure,
        sparkWorkers);
  }

  /** What HDFS is made of; the default is one NameNode and one DataNode. */
  public Options withHdfs(HdfsForm form) {
    return new Options(
        folder,
        ports,
        students,
        analyticsInterval,
        redis,
        kafka,
        form,
        access,
        secure,
        sparkWorkers);
  }

  /** Whether the services ask for tokens; people's do, tests' do not. */
  public Options withAccess(Access other) {
    return new Options(
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

  /** Kafka, Redis, PostgreSQL and HDFS let in nobody but the parts, each to do its work only. */
  public Options secured() {
    return new Options(
        folder, ports, students, analyticsInterval, redis, kafka, hdfs, access, true, sparkWorkers);
  }

  /** How many processes do the work of analytics-job; the default, 0, is that it does it itself. */
  public Options withSparkWorkers(int workers) {
    return new Options(
        folder, ports, students, analyticsInterval, redis, kafka, hdfs, access, secure, workers);
  }
}
