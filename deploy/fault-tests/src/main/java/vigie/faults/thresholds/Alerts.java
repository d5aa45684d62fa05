// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import vigie.events.Alert;
import vigie.events.EventCodec;
import vigie.events.UndecodableEventException;
import vigie.faults.harness.ConsumerGroupProgress;
import vigie.faults.thresholds.history.Judgement;

/**
 * Reads all of {@code vigie.alerts}, run after run, repeated alerts included, but for those that
 * were raised again since no unit claimed them: these are no judgements.
 */
public final class Alerts implements AutoCloseable {

  private static final EventCodec<Alert> CODEC = EventCodec.of(Alert.class);
  private static final String TOPIC = "vigie.alerts";
  private static final String RESULTS = "vigie.results";
  private static final String JUDGES = "alert-judging";
  private static final Duration POLL = Duration.ofMillis(100);

  /** Twice the time after which the events of a dead instance go to another one, and more. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final ConsumerGroupProgress progress;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param admin closed with this
   */
  public Alerts(String bootstrapServers, Admin admin) {
    progress = new ConsumerGroupProgress(admin);
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(TOPIC).stream()
            .map(info -> new TopicPartition(TOPIC, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** How many partitions the results have. */
  public int resultPartitions() {
    return consumer.partitionsFor(RESULTS).size();
  }

  /**
   * Everything that was not read before, once each of these students was alerted for an exercise
   * and the judges have committed all there is; what is missing after a minute stays missing.
   */
  public List<Judgement> awaitAll(String exercise, Set<String> students)
      throws InterruptedException {
    List<Judgement> read = new ArrayList<>();
    Set<String> missing = new HashSet<>(students);
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    try {
      while (!(missing.isEmpty() && progress.isAtEnd(JUDGES, RESULTS))
          && System.nanoTime() < deadline) {
        read.addAll(poll(exercise, missing));
      }
      Map<TopicPartition, Long> end = consumer.endOffsets(consumer.assignment());
      while (end.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        read.addAll(poll(exercise, missing));
      }
    } catch (ExecutionException | UndecodableEventException e) {
      throw new IllegalStateException("The alerts cannot be read", e);
    }
    return read;
  }

  private List<Judgement> poll(String exercise, Set<String> missing)
      throws UndecodableEventException {
    List<Judgement> read = new ArrayList<>();
    for (var record : consumer.poll(POLL)) {
      Alert alert = CODEC.decode(record.value());
      if (alert.getEscalatedAt() == null) {
        Judgement judgement = Judgement.of(alert);
        if (judgement.exercise().equals(exercise)) {
          missing.remove(judgement.student());
        }
        read.add(judgement);
      }
    }
    return read;
  }

  @Override
  public void close() {
    consumer.close();
    progress.close();
  }
}
