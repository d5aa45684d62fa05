// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;
import vigie.stack.kafka.KafkaNode;

/** What ingest-service does with accepted results: they are in Kafka when a method returns. */
public final class Laptops implements AutoCloseable {

  private static final EventCodec<ExerciseResult> CODEC = EventCodec.of(ExerciseResult.class);

  private final KafkaProducer<byte[], byte[]> producer;

  public Laptops(KafkaNode kafka) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  public static ExerciseResult result(String exercise, double score) {
    return result(exercise, score, 45.76, 4.85);
  }

  /** A result that is judged before every later one of the same student. */
  public static ExerciseResult result(String exercise, double score, String student) {
    return ExerciseResult.newBuilder(result(exercise, score)).setStudentId(student).build();
  }

  public static ExerciseResult result(
      String exercise, double score, double latitude, double longitude) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    UUID id = UUID.randomUUID();
    return ExerciseResult.newBuilder()
        .setId(id)
        .setTimestamp(now)
        .setReceivedAt(now)
        .setStudentId("student-" + Math.floorMod(id.hashCode(), 40))
        .setLatitude(latitude)
        .setLongitude(longitude)
        .setExerciseId(exercise)
        .setScore(score)
        .build();
  }

  public List<ExerciseResult> send(ExerciseResult... results) {
    return send(List.of(results));
  }

  public List<ExerciseResult> send(List<ExerciseResult> results) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (ExerciseResult result : results) {
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  "vigie.results", result.getStudentId().getBytes(UTF_8), CODEC.encode(result))));
    }
    sent.forEach(Laptops::await);
    return results;
  }

  /** Puts bytes that are no result among the results; answers where they are. */
  public RecordMetadata poison(byte[] value) {
    return await(
        producer.send(new ProducerRecord<>("vigie.results", "poisoner".getBytes(UTF_8), value)));
  }

  private static RecordMetadata await(Future<RecordMetadata> sent) {
    try {
      return sent.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
