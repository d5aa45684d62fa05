// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.Startup;
import io.vertx.core.Future;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import vigie.alert.kafka.RecordPublisher;
import vigie.alert.kafka.Topics;
import vigie.events.EventCodec;
import vigie.events.ThresholdChange;
import vigie.service.kafka.LoopOwner;
import vigie.service.kafka.SupervisedLoop;

/**
 * Brings changes of thresholds to Kafka, from where they are archived. Redis notes each change in
 * the step that makes it; any instance sends what was noted after the last note that Kafka has. All
 * replicas confirm a note first, so that none is sent that a failover could still undo. A change
 * may be sent twice, with the same version, and is never left out.
 */
@Startup
@Singleton
class ThresholdChangeOutbox implements LoopOwner {

  private static final EventCodec<ThresholdChange> CODEC = EventCodec.of(ThresholdChange.class);
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(5);
  private static final int MAX_CHANGES = 500;

  private final ThresholdStore thresholds;
  private final RecordPublisher publisher;
  private final SupervisedLoop loop = new SupervisedLoop("threshold-changes", this::session);

  ThresholdChangeOutbox(ThresholdStore thresholds, RecordPublisher publisher) {
    this.thresholds = thresholds;
    this.publisher = publisher;
    loop.start();
  }

  @Override
  public List<SupervisedLoop> loops() {
    return List.of(loop);
  }

  @PreDestroy
  void close() {
    loop.close();
  }

  private static ProducerRecord<byte[], byte[]> record(ThresholdAuditEntry change) {
    return new ProducerRecord<>(
        Topics.THRESHOLD_CHANGES,
        change.exerciseId().getBytes(UTF_8),
        CODEC.encode(
            ThresholdChange.newBuilder()
                .setExerciseId(change.exerciseId())
                .setVersion(change.version())
                .setThreshold(change.threshold())
                .setChangedAt(change.at())
                .build()));
  }

  private void session(SupervisedLoop loop) throws ExecutionException, InterruptedException {
    while (loop.goesOn()) {
      if (!sendsMany()) {
        loop.ready();
        loop.pause(POLL_INTERVAL);
      }
    }
  }

  /** Sends what is new, the oldest first; whether there may be more. */
  private boolean sendsMany() throws ExecutionException, InterruptedException {
    Optional<String> sent = await(thresholds.lastSent());
    List<ThresholdAuditEntry> changes = await(thresholds.changesAfter(sent, MAX_CHANGES));
    if (!changes.isEmpty()) {
      publisher.deliver(changes.stream().map(ThresholdChangeOutbox::record).toList());
      await(thresholds.sent(changes.get(changes.size() - 1)));
    }
    return changes.size() == MAX_CHANGES;
  }

  private static <T> T await(Future<T> answer) throws ExecutionException, InterruptedException {
    return answer.toCompletionStage().toCompletableFuture().get();
  }
}
