// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import vigie.alert.AlertConfig;
import vigie.alert.kafka.GroupReadinessListener;
import vigie.alert.kafka.KafkaClients;
import vigie.alert.kafka.RecordPublisher;
import vigie.alert.kafka.StallGuard;
import vigie.alert.kafka.Topics;
import vigie.alert.kafka.UnknownSchemas;
import vigie.alert.threshold.EffectiveThreshold;
import vigie.alert.threshold.ThresholdStore;
import vigie.events.DeadLetter;
import vigie.service.kafka.LoopOwner;
import vigie.service.kafka.SupervisedLoop;

/**
 * Evaluates results, one poll at a time, on one thread.
 *
 * <p>The order of a step is the guarantee: poll, then read the thresholds, compare, hand everything
 * to Kafka, commit. A change that was acknowledged before a result was accepted was acknowledged
 * before the poll that returned that result, and so before the read. Nothing is carried from one
 * poll to the next: a step that cannot be finished rewinds the consumer to where the poll began, so
 * that a rebalance, a restart or a failed commit repeats work and never skips any. Where only the
 * threshold of an exercise is not known, or the schema of a record, its partitions are rewound to
 * that record and wait; what is before it there, and all other partitions, are judged and
 * committed. When a partition cannot be fetched, or one of the alerts not be appended to, the
 * consumer leaves its group, so that another instance goes on.
 */
@Startup
@Singleton
class EvaluationLoop implements LoopOwner {

  private static final String GROUP = "alert-judging";
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final KafkaClients kafka;
  private final ThresholdReader current;
  private final RecordPublisher publisher;
  private final EvaluationMetrics metrics;
  private final AlertConfig.Judging config;
  private final StallGuard stalls;
  private final SupervisedLoop loop = new SupervisedLoop("judging", this::session);

  EvaluationLoop(
      KafkaClients kafka,
      ThresholdStore thresholds,
      RecordPublisher publisher,
      EvaluationMetrics metrics,
      AlertConfig config) {
    this.kafka = kafka;
    this.current = ThresholdReader.of(thresholds, config);
    this.publisher = publisher;
    this.metrics = metrics;
    this.config = config.judging();
    this.stalls =
        kafka.stallGuard(
            loop, GROUP, Set.of(Topics.ALERTS, DeadLetter.TOPIC), config.stallTimeout());
    loop.start();
  }

  /** Why results are not being judged, or nothing when they are. */
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

  private void session(SupervisedLoop loop) throws ExecutionException, InterruptedException {
    stalls.begin();
    if (leavesGroup(loop)) {
      stalls.stayAway();
    }
  }

  /** Evaluates until the loop ends; true when another instance has to go on before. */
  private boolean leavesGroup(SupervisedLoop loop) throws ExecutionException, InterruptedException {
    Consumer<byte[], byte[]> consumer = kafka.groupConsumer(GROUP, config.batch());
    try {
      loop.notReady("not yet a member of its consumer group");
      consumer.subscribe(List.of(Topics.RESULTS), new GroupReadinessListener(loop));
      Backoff backoff = new Backoff(config.pause(), config.longestPause());
      PausedPartitions paused =
          new PausedPartitions(
              new Backoff(config.pause(), config.longestPause()), System::nanoTime);
      UnknownSchemas unknown = new UnknownSchemas(loop);
      OffsetCommitter committer = new OffsetCommitter();
      while (loop.goesOn()) {
        current.beforePoll();
        paused.release(consumer);
        ConsumerRecords<byte[], byte[]> records = consumer.poll(paused.atMost(POLL));
        metrics.lagOf(consumer);
        if (stalls.leavesAfter(consumer, records)) {
          return true;
        }
        if (records.isEmpty()) {
          committer.retryIfFailed(consumer);
          continue;
        }
        try {
          ReceivedBatch batch = ReceivedBatch.of(records);
          paused.hold(consumer, step(batch));
          paused.over();
          metrics.waiting(
              paused.countWithout(unknown.update(consumer, records, batch.unknown().keySet())));
          committer.commitAsync(consumer);
          backoff.reset();
          loop.ready();
        } catch (ExecutionException e) {
          loop.notReady(e.getCause().getMessage());
          rewind(consumer, records);
          pause(consumer, backoff.next());
        }
      }
      return false;
    } finally {
      consumer.close(CloseOptions.timeout(FAREWELL));
    }
  }

  /** Judges what can be judged now; the offsets from which on partitions have to wait. */
  private Map<TopicPartition, Long> step(ReceivedBatch batch)
      throws ExecutionException, InterruptedException {
    Map<String, EffectiveThreshold> thresholds = current.afterPoll(batch.exercises());
    Map<TopicPartition, Long> paused = batch.waiting(thresholds);
    EvaluatedBatch evaluated = EvaluatedBatch.of(batch.before(paused), thresholds);
    publisher.deliver(evaluated.records());
    metrics.count(evaluated);
    return paused;
  }

  /**
   * Waits without judging. The consumer goes on polling, paused, and so remains in its group. A
   * rebalance in between may bring partitions that are not paused: what they deliver is rewound.
   */
  private void pause(Consumer<byte[], byte[]> consumer, Duration pause) {
    metrics.paused(pause);
    consumer.pause(consumer.assignment());
    rewind(consumer, consumer.poll(pause));
    consumer.resume(consumer.paused());
  }

  private static void rewind(
      Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      consumer.seek(partition, records.records(partition).get(0).offset());
    }
  }
}
