// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;
import vigie.stack.kafka.KafkaNode;

/** Numbered results that keep coming, a thousand each second, and a note of what Kafka took. */
final class ResultProducer implements AutoCloseable {

  private static final EventCodec<ExerciseResult> CODEC = EventCodec.of(ExerciseResult.class);
  private static final String TOPIC = "vigie.results";
  private static final Duration TICK = Duration.ofMillis(50);
  private static final int RESULTS_OF_A_TICK = 50;
  private static final int STUDENTS = 997;
  private static final long IDS = 7;

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Producer<byte[], byte[]> producer;
  private final ScheduledFuture<?> ticks;
  private final BitSet acknowledged = new BitSet();
  private final Map<Integer, Long> ends = new HashMap<>();
  private int sent;

  ResultProducer(KafkaNode kafka) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all", "linger.ms", 5);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    ticks = clock.scheduleAtFixedRate(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The number of the result with this id. */
  static int number(UUID id) {
    return (int) id.getLeastSignificantBits();
  }

  synchronized AcknowledgedResults acknowledged() {
    return new AcknowledgedResults((BitSet) acknowledged.clone(), Map.copyOf(ends));
  }

  /** Returns once Kafka has answered all that was sent; no more is. Fails if sending had ceased. */
  void end() throws InterruptedException, ExecutionException {
    if (ticks.isDone()) {
      Object unused = ticks.get();
    }
    clock.shutdown();
    if (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("Kafka does not take the results");
    }
    producer.flush();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    producer.close();
  }

  private void tick() {
    for (int i = 0; i < RESULTS_OF_A_TICK; i++) {
      send(sent++);
    }
  }

  private void send(int number) {
    byte[] student = ("student-" + number % STUDENTS).getBytes(UTF_8);
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(TOPIC, student, CODEC.encode(result(number))),
            (where, failure) -> {
              if (failure == null) {
                acknowledge(number, where);
              }
            });
  }

  private synchronized void acknowledge(int number, RecordMetadata where) {
    acknowledged.set(number);
    ends.merge(where.partition(), where.offset() + 1, Math::max);
  }

  private static ExerciseResult result(int number) {
    Instant now = Instant.now();
    return ExerciseResult.newBuilder()
        .setId(new UUID(IDS, number))
        .setTimestamp(now)
        .setReceivedAt(now)
        .setStudentId("student-" + number % STUDENTS)
        .setLatitude(48.85)
        .setLongitude(2.35)
        .setExerciseId("exercise-" + number % 20)
        .setScore(number % 101)
        .build();
  }
}
