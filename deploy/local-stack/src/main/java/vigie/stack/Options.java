// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.nio.file.Path;
import java.time.Duration;

/** How a stack is to be started. */
public record Options(
    Folder folder,
    Ports ports,
    boolean students,
    Duration analyticsInterval,
    RedisForm redis,
    KafkaForm kafka,
    HdfsForm hdfs) {

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
        HdfsForm.MINIMAL);
  }

  /** Free ports, no simulated laptops, data and logs below the given folder. */
  public static Options forTest(Path folder) {
    return new Options(
        new Folder(folder),
        Ports.ephemeral(),
        false,
        EVERY_MINUTE,
        RedisForm.REPLICATION,
        KafkaForm.KRAFT_MINIMAL,
        HdfsForm.MINIMAL);
  }

  public Options withoutStudents() {
    return new Options(folder, ports, false, analyticsInterval, redis, kafka, hdfs);
  }

  public Options withStudents() {
    return new Options(folder, ports, true, analyticsInterval, redis, kafka, hdfs);
  }

  public Options withPorts(Ports other) {
    return new Options(folder, other, students, analyticsInterval, redis, kafka, hdfs);
  }

  /** Time between two runs of the analytics; the default is a minute. */
  public Options withAnalyticsInterval(Duration interval) {
    return new Options(folder, ports, students, interval, redis, kafka, hdfs);
  }

  /** How Redis is looked after; the default is without Sentinels. */
  public Options withRedis(RedisForm form) {
    return new Options(folder, ports, students, analyticsInterval, form, kafka, hdfs);
  }

  /** What Kafka is made of; the default is one process. */
  public Options withKafka(KafkaForm form) {
    return new Options(folder, ports, students, analyticsInterval, redis, form, hdfs);
  }

  /** What HDFS is made of; the default is one NameNode and one DataNode. */
  public Options withHdfs(HdfsForm form) {
    return new Options(folder, ports, students, analyticsInterval, redis, kafka, form);
  }
}
