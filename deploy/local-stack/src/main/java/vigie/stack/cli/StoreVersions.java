// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import java.lang.module.ModuleDescriptor.Version;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vigie.stack.kafka.KafkaTopology;
import vigie.stack.process.RuntimeClassPath;
import vigie.stack.redis.RedisProgram;
import vigie.stack.workspace.StackException;

/**
 * The versions of the programs that write the stores. An older one may misread the files of a newer
 * one in silence: Redis 6 finds no append-only folder of Redis 7, and starts empty.
 */
final class StoreVersions {

  private StoreVersions() {}

  /** Of the programs that this start would run. */
  static Map<String, String> installed(KafkaTopology kafka) {
    String kafkaClassPath =
        kafka.hasZooKeeper() ? RuntimeClassPath.KAFKA_ZOOKEEPER : RuntimeClassPath.KAFKA;
    return Map.of(
        "kafka", ofJar("kafka-clients", kafkaClassPath),
        "hdfs", ofJar("hadoop-hdfs", RuntimeClassPath.HDFS),
        "redis", RedisProgram.version());
  }

  static void requireNoneOlder(Map<String, String> installed, Map<String, String> recorded) {
    recorded.forEach(
        (store, wrote) -> {
          String now = installed.getOrDefault(store, wrote);
          if (Version.parse(now).compareTo(Version.parse(wrote)) < 0) {
            throw new StackException(
                "%1$s %2$s wrote the data, and %1$s %3$s may misread it: use %2$s or newer"
                    .formatted(store, wrote, now));
          }
        });
  }

  private static String ofJar(String artifact, String classPath) {
    Matcher jar = Pattern.compile("/" + artifact + "-(\\d[\\w.]*)\\.jar").matcher(classPath);
    if (!jar.find()) {
      throw new StackException("no %s in the class path; build again".formatted(artifact));
    }
    return jar.group(1);
  }
}
