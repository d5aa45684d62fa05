// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import vigie.stack.AccessMode;
import vigie.stack.StackOptions;
import vigie.stack.hdfs.HdfsTopology;
import vigie.stack.kafka.KafkaTopology;
import vigie.stack.redis.RedisTopology;

/**
 * The options of {@code deploy/up} that stay with the data: a start without options repeats them.
 */
record StartOptions(
    boolean students,
    boolean freePorts,
    KafkaTopology kafka,
    RedisTopology redis,
    HdfsTopology hdfs,
    int sparkWorkers,
    boolean open,
    boolean secure) {

  /** Of a folder without data. */
  static final StartOptions FIRST =
      new StartOptions(
          true,
          false,
          KafkaTopology.KRAFT_MINIMAL,
          RedisTopology.REPLICATION,
          HdfsTopology.MINIMAL,
          0,
          false,
          false);

  /** The whole command line that starts so. */
  String commandLine() {
    List<String> words = new ArrayList<>(List.of("deploy/up"));
    if (!students) {
      words.add("--no-students");
    }
    if (freePorts) {
      words.add("--free-ports");
    }
    if (kafka != FIRST.kafka) {
      words.add("--kafka " + kafka);
    }
    if (redis != FIRST.redis) {
      words.add("--redis " + redis);
    }
    if (hdfs != FIRST.hdfs) {
      words.add("--hdfs " + hdfs);
    }
    if (sparkWorkers > 0) {
      words.add("--spark-workers " + sparkWorkers);
    }
    if (open) {
      words.add("--open");
    }
    if (secure) {
      words.add("--secure");
    }
    return String.join(" ", words);
  }

  /**
   * What {@code asked} cannot have with data that these options wrote: each form writes files that
   * no other one reads, and simulated results would mix with those of an exam.
   */
  List<String> conflicts(StartOptions asked) {
    List<String> conflicts = new ArrayList<>();
    if (asked.students && !students) {
      conflicts.add("--students");
    }
    if (asked.kafka != kafka) {
      conflicts.add("--kafka " + asked.kafka);
    }
    if (asked.redis != redis) {
      conflicts.add("--redis " + asked.redis);
    }
    if (asked.hdfs != hdfs) {
      conflicts.add("--hdfs " + asked.hdfs);
    }
    if (asked.secure != secure) {
      conflicts.add(asked.secure ? "--secure" : "--no-secure");
    }
    return conflicts;
  }

  StartOptions withoutStudents() {
    return new StartOptions(false, freePorts, kafka, redis, hdfs, sparkWorkers, open, secure);
  }

  /** These options, but with what the data was written with where {@code this} conflicts. */
  StartOptions fitting(StartOptions written) {
    return new StartOptions(
        students && written.students,
        freePorts,
        written.kafka,
        written.redis,
        written.hdfs,
        sparkWorkers,
        open,
        written.secure);
  }

  StackOptions of(StackOptions stack) {
    StackOptions chosen =
        (students ? stack.withStudents() : stack.withoutStudents())
            .withRedis(redis)
            .withKafka(kafka)
            .withHdfs(hdfs)
            .withSparkWorkers(sparkWorkers)
            .withAccess(open ? AccessMode.OPEN : AccessMode.TOKENS);
    return secure ? chosen.secured() : chosen;
  }

  void writeTo(Properties properties) {
    properties.setProperty("students", Boolean.toString(students));
    properties.setProperty("free-ports", Boolean.toString(freePorts));
    properties.setProperty("kafka", kafka.toString());
    properties.setProperty("redis", redis.toString());
    properties.setProperty("hdfs", hdfs.toString());
    properties.setProperty("spark-workers", Integer.toString(sparkWorkers));
    properties.setProperty("open", Boolean.toString(open));
    properties.setProperty("secure", Boolean.toString(secure));
  }

  static StartOptions readFrom(Properties properties) {
    return new StartOptions(
        Boolean.parseBoolean(properties.getProperty("students")),
        Boolean.parseBoolean(properties.getProperty("free-ports")),
        KafkaTopology.parse(properties.getProperty("kafka", FIRST.kafka.toString())),
        RedisTopology.parse(properties.getProperty("redis", FIRST.redis.toString())),
        HdfsTopology.parse(properties.getProperty("hdfs", FIRST.hdfs.toString())),
        Integer.parseInt(properties.getProperty("spark-workers", "0")),
        Boolean.parseBoolean(properties.getProperty("open")),
        Boolean.parseBoolean(properties.getProperty("secure")));
  }
}
