// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.escalation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import vigie.alert.AlertConfig;
import vigie.alert.claim.ClaimStore;
import vigie.alert.kafka.AlertRecord;
import vigie.alert.kafka.DelayedPartitions;
import vigie.alert.kafka.GroupReadinessListener;
import vigie.alert.kafka.KafkaClients;
import vigie.alert.kafka.RecordPublisher;
import vigie.alert.kafka.StallGuard;
import vigie.alert.kafka.Topics;
import vigie.alert.kafka.UnknownSchemas;
import vigie.events.Alert;
import vigie.events.EventCodec;
import vigie.events.UndecodableEventException;
import vigie.events.UnknownSchemaException;
import vigie.service.kafka.LoopOwner;
import vigie.service.kafka.SupervisedLoop;

/**
 * Raises alerts again that no unit claimed in time, marked, so that neighbouring units get them
 * too. It reads the alerts once more, in a group that stays behind by the time that units have to
 * claim one: what is not due is left where it is and read again when it is. So nothing is kept in
 * memory, and an instance that takes over a partition goes on where the last one was. A crash may
 * raise an alert again twice, with the same id.
 */
@Startup
@Singleton
class Escalator implements LoopOwner {

  private static final Logger LOG = Logger.getLogger(Escalator.class);
  private static final EventCodec<Alert> CODEC = EventCodec.of(Alert.class);
  private static final String GROUP = "alert-escalation";
  private static final int MOST = 500;

  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final KafkaClients kafka;
  private final ClaimStore claims;
  private final RecordPublisher publisher;
  private final RedisClock redisClock;
  private final Duration after;
  private final StallGuard stalls;
  private final Counter escalated;
  private final SupervisedLoop loop = new SupervisedLoop("escalation", this::session);

  /** An alert that is due, and when the broker appended it. */
  private record Due(Alert alert, Instant appended) {}

  Escalator(
      KafkaClients kafka,
      ClaimStore claims,
      RecordPublisher publisher,
      RedisClock redisClock,
      AlertConfig config,
      MeterRegistry metrics) {
    this.kafka = kafka;
    this.claims = claims;
    this.publisher = publisher;
    this.redisClock = redisClock;
    this.after = config.escalation().after();
    this.stalls = kafka.stallGuard(loop, GROUP, Set.of(Topics.ALERTS), config.stallTimeout());
    this.escalated =
        Counter.builder("vigie.escalated")
            .description("Alerts raised again, since no unit claimed them")
            .register(metrics);
    loop.start();
  }

  /** Why alerts that no unit claims are not raised again, or nothing when they are. */
  Optional<String> notReadyReason() {
    return loop.notReadyReason();
  }

  @Override
  public List<SupervisedLoop> loops() {
    return List.of(loop);
  }

  @PreDestroy
  void close() {
    loop.close();
  }

  private void session(SupervisedLoop loop) throws InterruptedException {
    stalls.begin();
    if (leavesGroup(loop)) {
      stalls.stayAway();
    }
  }

  /** Escalates until the loop ends; true when another instance has to go on before. */
  private boolean leavesGroup(SupervisedLoop loop) throws InterruptedException {
    Consumer<byte[], byte[]> consumer = kafka.groupConsumer(GROUP, MOST);
    try {
      loop.notReady("not yet a member of its consumer group");
      consumer.subscribe(List.of(Topics.ALERTS), new GroupReadinessListener(loop));
      DelayedPartitions delayed = new DelayedPartitions(consumer, System::nanoTime);
      UnknownSchemas unknown = new UnknownSchemas(loop);
      Deadlines deadlines =
          new Deadlines(after, new BrokerTime(InstantSource.system(), System::nanoTime));
      while (loop.goesOn()) {
        delayed.release();
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (stalls.leavesAfter(consumer, records)) {
          return true;
        }
        if (!records.isEmpty()) {
          unknown.update(consumer, records, step(consumer, delayed, deadlines, records));
        }
      }
      return false;
    } finally {
      consumer.close(CloseOptions.timeout(FAREWELL));
    }
  }

  /**
   * What is due is dealt with before it is committed; the rest of each partition is held. The
   * partitions that are held since this version cannot read their next alert.
   */
  private Set<TopicPartition> step(
      Consumer<byte[], byte[]> consumer,
      DelayedPartitions delayed,
      Deadlines deadlines,
      ConsumerRecords<byte[], byte[]> records)
      throws InterruptedException {
    List<Due> due = new ArrayList<>();
    Set<TopicPartition> unknown = new HashSet<>();
    for (TopicPartition partition : records.partitions()) {
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        Optional<Alert> alert;
        try {
          alert = read(record).filter(read -> read.getEscalatedAt() == null);
        } catch (UnknownSchemaException e) {
          delayed.hold(partition, record.offset(), PAUSE);
          unknown.add(partition);
          break;
        }
        if (alert.isEmpty()) {
          continue;
        }
        Instant appended = Instant.ofEpochMilli(record.timestamp());
        Duration left = deadlines.left(alert.get(), appended);
        if (!left.isZero()) {
          delayed.hold(partition, record.offset(), left);
          break;
        }
        due.add(new Due(alert.get(), appended));
      }
    }
    try {
      escalate(worthIt(due, deadlines));
      consumer.commitSync();
      loop.ready();
    } catch (ExecutionException e) {
      loop.notReady(e.getCause().getMessage());
      for (TopicPartition partition : records.partitions()) {
        delayed.hold(partition, records.records(partition).get(0).offset(), PAUSE);
      }
    }
    return unknown;
  }

  /** Drops what two clocks call too old: one alone may be wrong. */
  private List<Alert> worthIt(List<Due> due, Deadlines deadlines)
      throws ExecutionException, InterruptedException {
    Instant own = Instant.now();
    boolean none = due.stream().noneMatch(one -> isOver(one, deadlines, own));
    Instant other = none ? own : redisClock.now();
    return due.stream()
        .filter(one -> !isOver(one, deadlines, own) || !isOver(one, deadlines, other))
        .map(Due::alert)
        .toList();
  }

  private static boolean isOver(Due due, Deadlines deadlines, Instant now) {
    return deadlines.isOver(due.alert(), due.appended(), now);
  }

  private void escalate(List<Alert> due) throws ExecutionException, InterruptedException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Set<UUID> ids = due.stream().map(Alert::getId).collect(Collectors.toSet());
    Set<UUID> claimed = claims.claimed(ids).toCompletionStage().toCompletableFuture().get();
    List<ProducerRecord<byte[], byte[]>> again =
        due.stream()
            .filter(alert -> !claimed.contains(alert.getId()))
            .map(alert -> Alert.newBuilder(alert).setEscalatedAt(now).build())
            .map(AlertRecord::of)
            .toList();
    publisher.deliver(again);
    escalated.increment(again.size());
  }

  private static Optional<Alert> read(ConsumerRecord<byte[], byte[]> record)
      throws UnknownSchemaException {
    try {
      return Optional.of(CODEC.decode(record.value()));
    } catch (UnknownSchemaException e) {
      throw e;
    } catch (UndecodableEventException e) {
      LOG.debugf("What delivery counts as undecodable is not escalated: %s", e.getMessage());
      return Optional.empty();
    }
  }
}
