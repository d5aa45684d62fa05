// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import vigie.archive.table.ArchiveTable;

/** Plain Kafka clients for bytes, configured by whatever {@code kafka.*} says. */
@Singleton
class KafkaClients {

  private final Map<String, Object> shared;

  KafkaClients(@Identifier("default-kafka-broker") Map<String, Object> shared) {
    this.shared = shared;
  }

  /**
   * A member of the table's group. The group hands out the partitions; where to read on is the
   * table's to say, so that no other position may ever be assumed.
   */
  Consumer<byte[], byte[]> consumer(ArchiveTable table) {
    Map<String, Object> config = new HashMap<>(shared);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, "archive-" + table.name());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, "archive-" + table.name());
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    // A new record ends a fetch at once. An idle table then costs no two requests a second.
    config.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 2_000);
    // A killed instance, restarted at once, waits this long for what its dead self still holds.
    // Short is safe: two instances with the same partition cannot both commit.
    config.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * Describes the table's topic, which the loop waits for. The client's own limits count: a
   * description begins with a request for the nodes, to which the limit of the call does not apply,
   * and by default readiness would say only after a minute that Kafka is away.
   */
  Admin admin(ArchiveTable table) {
    Map<String, Object> config = new HashMap<>(shared);
    config.put(AdminClientConfig.CLIENT_ID_CONFIG, "archive-" + table.name());
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    return Admin.create(config);
  }

  Producer<byte[], byte[]> producer() {
    Map<String, Object> config = new HashMap<>(shared);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "archive-dead-letters");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
