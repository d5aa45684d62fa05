// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import vigie.archive.table.EventTable;
import vigie.events.ExerciseResult;
import vigie.stack.hdfs.HdfsCluster;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.postgres.PostgresServer;

/** A real Kafka, a real HDFS and a real PostgreSQL. */
record Systems(KafkaNode kafka, HdfsCluster hdfs, PostgresServer postgres)
    implements AutoCloseable {

  static Systems startIn(Path folder) {
    return new Systems(
        KafkaNode.startIn(folder.resolve("kafka")),
        HdfsCluster.startIn(folder.resolve("hdfs")),
        PostgresServer.startIn(folder.resolve("postgresql")));
  }

  URI warehouse() {
    return URI.create(hdfs.url() + "/vigie/warehouse");
  }

  /** A table of results with a topic of its own. */
  EventTable<ExerciseResult> newTable(String name, int partitions) throws Exception {
    return new EventTable<>(
        newTopic(name, partitions), name, ExerciseResult.class, "exerciseId", "timestamp");
  }

  String newTopic(String name, int partitions) throws Exception {
    String topic = "it." + name;
    kafka.createTopic(topic, partitions);
    return topic;
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

  /** Kills them: they hold nothing that is needed again. */
  @Override
  public void close() {
    hdfs.kill();
    kafka.kill();
    postgres.kill();
  }
}
