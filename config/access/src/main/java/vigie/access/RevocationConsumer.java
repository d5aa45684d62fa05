// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import vigie.service.kafka.AdminProbe;
import vigie.service.kafka.ClusterProbe;
import vigie.service.kafka.LogReader;

/**
 * Reads all revocations from the first on, and each new one. While Kafka cannot be reached, what
 * was read stands. A new session reads all once more, which changes nothing.
 */
@Singleton
class RevocationConsumer extends LogReader<String, String> {

  private static final Logger LOG = Logger.getLogger(RevocationConsumer.class);

  private final Map<String, Object> kafka;
  private final Access access;
  private final Revocations revocations;

  /** The ends of the partitions when the session began; for the thread of the loop only. */
  private Map<TopicPartition, Long> before = Map.of();

  /** Whether all is read that was revoked before this instance started. */
  private volatile boolean caughtUp;

  RevocationConsumer(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      Access access,
      Revocations revocations) {
    super("revocations", List.of(Revocation.TOPIC));
    this.kafka = kafka;
    this.access = access;
    this.revocations = revocations;
  }

  /**
   * Why this instance may accept a revoked token; empty once what was revoked before it started is
   * read, and as long as what is revoked later can be fetched.
   */
  Optional<String> notReadyReason() {
    return caughtUp || access.isOpen()
        ? loop().stalledPartitions().reason()
        : loop().notReadyReason();
  }

  /** Without access control there are no tokens to revoke. */
  void start(@Observes StartupEvent start) {
    if (!access.isOpen()) {
      loop().start();
    }
  }

  void stop(@Observes ShutdownEvent stop) {
    loop().close();
  }

  /** A new one for each session; tests have another kind. */
  @Override
  protected Consumer<String, String> consumer() {
    Map<String, Object> settings = settings(kafka, "vigie-revocations");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
  }

  /** A new one for each session; tests have another kind. */
  @Override
  protected ClusterProbe probe() {
    return new AdminProbe(kafka, "vigie-revocations-probe");
  }

  @Override
  protected void seek(Consumer<String, String> consumer, Set<TopicPartition> partitions) {
    consumer.seekToBeginning(partitions);
    before = consumer.endOffsets(partitions);
  }

  @Override
  protected void read(
      Consumer<String, String> consumer,
      ConsumerRecords<String, String> polled,
      Set<TopicPartition> stalled) {
    polled.forEach(this::read);
  }

  @Override
  protected boolean isCaughtUp(Consumer<String, String> consumer) {
    caughtUp =
        caughtUp
            || before.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    return caughtUp;
  }

  /** The key and the times say all, so that no value can keep a revocation from counting. */
  private void read(ConsumerRecord<String, String> record) {
    Optional<Revocation> revocation = Optional.ofNullable(record.key()).flatMap(Revocation::of);
    if (revocation.isEmpty()) {
      LOG.errorf("Offset %d of %s revokes nothing", record.offset(), record.topic());
      return;
    }
    Revocations.Origin origin =
        new Revocations.Origin(record.partition(), record.offset(), record.timestamp());
    if (record.value() == null) {
      revocations.lift(revocation.get(), origin);
    } else {
      revocations.add(revocation.get(), Revocation.until(record), origin);
    }
  }
}
