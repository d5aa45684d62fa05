// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import vigie.events.ExerciseResult;
import vigie.stack.HdfsCluster;
import vigie.stack.KafkaNode;

/** A real Kafka and a real HDFS, started once for all integration tests. */
record Systems(KafkaNode kafka, HdfsCluster hdfs, Path folder) implements AutoCloseable {

  /** Gives a test the systems as a parameter. */
  static final class Shared implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Systems.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .computeIfAbsent(Systems.class, type -> start(), Systems.class);
    }

    private static Systems start() {
      Path folder = Path.of("target", "systems", Long.toString(ProcessHandle.current().pid()));
      return new Systems(
          KafkaNode.startIn(folder.resolve("kafka")),
          HdfsCluster.startIn(folder.resolve("hdfs")),
          folder);
    }
  }

  URI warehouse() {
    return URI.create(hdfs.url() + "/vigie/warehouse");
  }

  /** A table of results with a topic of its own. */
  EventTable<ExerciseResult> newTable(String name, int partitions) throws Exception {
    try (Admin admin = kafka.admin()) {
      admin.createTopics(List.of(new NewTopic("it." + name, partitions, (short) 1))).all().get();
    }
    return new EventTable<>("it." + name, name, ExerciseResult.class, "timestamp");
  }

  KafkaClients clients() {
    return new KafkaClients(
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "session.timeout.ms", 6_000));
  }

  Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all", "linger.ms", 5),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** One after the last offset of each partition. */
  Map<Integer, Long> ends(String topic) throws Exception {
    try (Admin admin = kafka.admin()) {
      int partitions =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size();
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      IntStream.range(0, partitions)
          .forEach(number -> latest.put(new TopicPartition(topic, number), OffsetSpec.latest()));
      Map<Integer, Long> ends = new TreeMap<>();
      admin
          .listOffsets(latest)
          .all()
          .get()
          .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
      return ends;
    }
  }

  @Override
  public void close() {
    hdfs.close();
    kafka.close();
  }
}
