// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;
import vigie.stack.kafka.KafkaNode;

/**
 * The results of an exam, in the order of their timestamps, as ingest-service puts them into Kafka.
 * Students sit at a few hundred places and take exercises at random; scores are spread evenly, so
 * that the thresholds say which share of them is below.
 */
public final class ResultStream {

  private static final EventCodec<ExerciseResult> CODEC = EventCodec.of(ExerciseResult.class);
  private static final String TOPIC = "vigie.results";
  private static final Duration BETWEEN_RESULTS = Duration.of(5, ChronoUnit.MILLIS);
  private static final int STUDENTS = 30_000;
  private static final int PLACES = 400;

  /** Long enough ago that no result is of the future. */
  private static final Duration AGO = Duration.ofDays(1);

  private final Random random;
  private final List<String> exercises;
  private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(AGO);
  private long bytes;

  public ResultStream(long seed, int exercises) {
    this.random = new Random(seed);
    this.exercises =
        IntStream.range(0, exercises).mapToObj(i -> "c-exercise-%02d".formatted(i)).toList();
  }

  public List<String> exercises() {
    return exercises;
  }

  /**
   * Thresholds for all exercises as a sheet for alert-service.
   *
   * @param below the share of the results that will be below them, percent
   */
  public String sheet(double below) {
    return exercises.stream()
        .map(exercise -> exercise + ',' + below)
        .collect(joining("\n", "exerciseId,threshold\n", "\n"));
  }

  /** What the results so far are in Kafka, keys and values, before compression. */
  public long bytes() {
    return bytes;
  }

  /** A producer with the settings of ingest-service, for {@link #send}. */
  public static Producer<byte[], byte[]> producer(KafkaNode kafka) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "compression.type",
            "lz4",
            "linger.ms",
            5,
            "batch.size",
            65536);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Returns once Kafka holds the next {@code count} results. */
  public void fill(KafkaNode kafka, long count) {
    try (Producer<byte[], byte[]> producer = producer(kafka)) {
      send(producer, count);
    }
  }

  /** Returns once Kafka holds the next {@code count} results. */
  public void send(Producer<byte[], byte[]> producer, long count) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    for (long i = 0; i < count; i++) {
      ExerciseResult result = next();
      byte[] student = result.getStudentId().getBytes(UTF_8);
      byte[] value = CODEC.encode(result);
      bytes += student.length + value.length;
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(TOPIC, student, value),
              (sent, why) -> failure.compareAndSet(null, why));
    }
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("Kafka does not hold all results", failure.get());
    }
  }

  /** Returns the next result, for a caller that sends it in another way. */
  public ExerciseResult next() {
    now = now.plus(BETWEEN_RESULTS);
    int student = random.nextInt(STUDENTS);
    int place = student % PLACES;
    return ExerciseResult.newBuilder()
        .setId(new UUID(random.nextLong(), random.nextLong()))
        .setTimestamp(now)
        .setReceivedAt(now)
        .setStudentId("g%05d".formatted(student))
        .setLatitude(43 + 0.3 * (place % 20))
        .setLongitude(0.02 * place)
        .setExerciseId(exercises.get(random.nextInt(exercises.size())))
        .setScore(100 * random.nextDouble())
        .build();
  }
}
