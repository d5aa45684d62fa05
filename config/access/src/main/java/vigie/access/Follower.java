// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import vigie.service.ClockStepListener;
import vigie.service.kafka.AdminProbe;
import vigie.service.kafka.ClusterProbe;
import vigie.service.kafka.Outputs;
import vigie.service.kafka.StallDetector;

/**
 * Reads all revocations from the first on, and each new one, on a thread of its own and outside any
 * group. While Kafka cannot be reached, what was read stands. A session that fails, also with an
 * {@code Error}, is begun again and reads all once more, which changes nothing. Only an error of
 * the virtual machine itself, such as that there is no memory, ends the process.
 */
@Singleton
class Follower implements ClockStepListener {

  private static final Logger LOG = Logger.getLogger(Follower.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final int FETCH_WAIT_MILLIS = 5_000;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<String, Object> kafka;
  private final Access access;
  private final Revocations revocations;
  private final Thread thread = new Thread(this::run, "revocations");
  private final CountDownLatch stopping = new CountDownLatch(1);

  /** That of the session, as long as it is open. */
  private Consumer<String, String> current;

  /** When this began to read what is new, by {@link System#nanoTime}. */
  private volatile long turnedAt = System.nanoTime();

  /** Why not all that was revoked before is known. */
  private volatile Optional<String> hindrance = Optional.of("not read yet");

  /** Why what is revoked now is not read, though Kafka answers. */
  private volatile Optional<String> stall = Optional.empty();

  Follower(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      Access access,
      Revocations revocations) {
    this.kafka = kafka;
    this.access = access;
    this.revocations = revocations;
  }

  /**
   * Why not all is known that was revoked; empty once what was revoked before this instance started
   * is read, and as long as what is revoked later can be.
   */
  Optional<String> hindrance() {
    return hindrance.or(() -> stall);
  }

  /** How long ago this turned to what is new; nothing where there is nothing to follow. */
  Optional<Duration> sinceTurn() {
    return access.isOpen()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(System.nanoTime() - turnedAt));
  }

  /** Where all is open nothing can be revoked. */
  void start(@Observes StartupEvent start) {
    if (access.isOpen()) {
      hindrance = Optional.empty();
    } else {
      thread.start();
    }
  }

  void stop(@Observes ShutdownEvent stop) throws InterruptedException {
    stopping.countDown();
    thread.join(PATIENCE.toMillis());
  }

  /** The poll ends and fails, and the next session has clients that know the clock of now. */
  @Override
  public synchronized void clockSteppedBack(Duration step) {
    if (current != null) {
      current.wakeup();
    }
  }

  private synchronized void current(Consumer<String, String> now) {
    current = now;
  }

  private void run() {
    do {
      try {
        turnedAt = System.nanoTime();
        session();
      } catch (RuntimeException e) {
        LOG.debug("The revocations could not be read", e);
        hindrance = hindrance.map(before -> e.toString());
      } catch (Throwable e) {
        failed(e);
      }
    } while (!stopsWithin(PAUSE));
  }

  private void failed(Throwable error) {
    try {
      LOG.error("Reading the revocations failed and begins again", error);
      hindrance = hindrance.map(before -> error.toString());
    } finally {
      if (MachineFault.is(error)) {
        MachineFault.endProcess(error);
      }
    }
  }

  private void session() {
    try (Consumer<String, String> consumer = consumer();
        ClusterProbe probe = probe()) {
      current(consumer);
      List<TopicPartition> partitions =
          consumer.partitionsFor(Revocation.TOPIC).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new IllegalStateException("Kafka has no topic " + Revocation.TOPIC);
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> before = consumer.endOffsets(partitions);
      StallDetector stalls =
          new StallDetector(
              probe, Optional.empty(), Outputs.NONE, StallDetector.TIMEOUT, System::nanoTime);
      while (stopping.getCount() > 0) {
        turnedAt = System.nanoTime();
        ConsumerRecords<String, String> records = consumer.poll(POLL);
        records.forEach(this::take);
        noteStall(stalls.update(consumer, records));
        if (hindrance.isPresent() && reached(consumer, before)) {
          hindrance = Optional.empty();
        }
      }
    } finally {
      current(null);
    }
  }

  private void noteStall(Set<TopicPartition> stalled) {
    Optional<String> now =
        stalled.isEmpty()
            ? Optional.empty()
            : Optional.of(stalled + " cannot be fetched by this instance, though Kafka answers");
    if (!now.equals(stall)) {
      LOG.warn(now.orElse("Revocations can be fetched again"));
      stall = now;
    }
  }

  private static boolean reached(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** The key and the times say all, so that no value can keep a revocation from counting. */
  private void take(ConsumerRecord<String, String> record) {
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

  /** A new one for each session; tests have another kind. */
  Consumer<String, String> consumer() {
    return new KafkaConsumer<>(settings(), new StringDeserializer(), new StringDeserializer());
  }

  /** A new one for each session; tests have another kind. */
  ClusterProbe probe() {
    return new AdminProbe(kafka, "vigie-revocations-probe");
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.keySet().retainAll(ConsumerConfig.configNames());
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "vigie-revocations");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // News ends a fetch at once. Without any the broker answers after this time.
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, (int) PAUSE.toMillis());
    return settings;
  }

  private boolean stopsWithin(Duration pause) {
    try {
      return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
