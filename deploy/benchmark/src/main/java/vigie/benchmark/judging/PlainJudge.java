// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.judging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import redis.clients.jedis.Jedis;
import vigie.benchmark.ResultStream;
import vigie.events.Alert;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;
import vigie.events.UndecodableEventException;
import vigie.stack.kafka.KafkaNode;
import vigie.stack.redis.RedisNode;

/**
 * The plain way to judge: one {@code GET} for each result, with nothing confirmed. Everything else
 * is as in alert-service: batches of the same size, the same settings of Kafka's clients, all
 * alerts of a batch sent, then awaited, then the offsets committed.
 */
final class PlainJudge implements AutoCloseable {

  private static final EventCodec<ExerciseResult> RESULTS = EventCodec.of(ExerciseResult.class);
  private static final EventCodec<Alert> ALERTS = EventCodec.of(Alert.class);
  private static final String KEY = "plain:threshold:";
  private static final Duration POLL = Duration.ofMillis(250);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final Jedis redis;

  PlainJudge(KafkaNode kafka, RedisNode primary) {
    String brokers = kafka.bootstrapServers();
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                brokers,
                "group.id",
                "plain-judging",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "max.poll.records",
                10_000,
                "fetch.max.bytes",
                1024 * 1024),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                brokers,
                "acks",
                "all",
                "linger.ms",
                5,
                "batch.size",
                256 * 1024,
                "max.in.flight.requests.per.connection",
                1),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    redis = primary.connect();
  }

  /**
   * @param below the share of the results that will be below their thresholds, percent
   */
  void load(ResultStream exam, double below) {
    exam.exercises().forEach(exercise -> redis.set(KEY + exercise, Double.toString(below)));
    consumer.subscribe(List.of("vigie.results"));
  }

  /** Judges so many results, and what else comes with the last of them; answers how many. */
  long judge(long count)
      throws UndecodableEventException, ExecutionException, InterruptedException {
    long judged = 0;
    while (judged < count) {
      List<Future<RecordMetadata>> underWay = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        ExerciseResult result = RESULTS.decode(record.value());
        double threshold = Double.parseDouble(redis.get(KEY + result.getExerciseId()));
        if (result.getScore() < threshold) {
          underWay.add(producer.send(alert(result, threshold)));
        }
        judged++;
      }
      producer.flush();
      for (Future<RecordMetadata> alert : underWay) {
        RecordMetadata sent = alert.get();
        assert sent != null;
      }
      consumer.commitSync();
    }
    return judged;
  }

  private static ProducerRecord<byte[], byte[]> alert(ExerciseResult result, double threshold) {
    Alert alert =
        Alert.newBuilder()
            .setId(UUID.nameUUIDFromBytes(result.getId().toString().getBytes(UTF_8)))
            .setEventId(result.getId())
            .setStudentId(result.getStudentId())
            .setExerciseId(result.getExerciseId())
            .setScore(result.getScore())
            .setThreshold(threshold)
            .setThresholdVersion(1)
            .setLatitude(result.getLatitude())
            .setLongitude(result.getLongitude())
            .setOccurredAt(result.getTimestamp())
            .setRaisedAt(Instant.now())
            .build();
    return new ProducerRecord<>(
        "vigie.alerts", alert.getStudentId().getBytes(UTF_8), ALERTS.encode(alert));
  }

  @Override
  public void close() {
    consumer.close();
    producer.close();
    redis.close();
  }
}
