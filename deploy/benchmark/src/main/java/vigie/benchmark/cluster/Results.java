// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.producer.ProducerRecord;
import vigie.benchmark.ResultStream;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;

/**
 * Results of an exam, in the order of their time, as ingest-service puts them into Kafka.
 *
 * @param records key and value of each
 * @param bytes of all keys and values
 * @param json bytes of all as laptops write them, about 140 each
 */
record Results(List<ProducerRecord<byte[], byte[]>> records, long bytes, long json) {

  private static final EventCodec<ExerciseResult> CODEC = EventCodec.of(ExerciseResult.class);
  private static final int DISTINCT = 200_000;
  private static final int EXERCISES = 20;

  static Results of(String topic, long seed) {
    ResultStream exam = new ResultStream(seed, EXERCISES);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(DISTINCT);
    long bytes = 0;
    long json = 0;
    for (int i = 0; i < DISTINCT; i++) {
      ExerciseResult result = exam.next();
      byte[] student = result.getStudentId().getBytes(UTF_8);
      byte[] value = CODEC.encode(result);
      records.add(new ProducerRecord<>(topic, student, value));
      bytes += student.length + value.length;
      json += json(result).length();
    }
    return new Results(List.copyOf(records), bytes, json);
  }

  /** Without an id, which laptops leave to ingest-service; one line of a batch. */
  private static String json(ExerciseResult result) {
    return String.format(
        Locale.ROOT,
        "{\"timestamp\":\"%s\",\"studentId\":\"%s\",\"latitude\":%.5f,\"longitude\":%.5f,"
            + "\"exerciseId\":\"%s\",\"score\":%.1f}\n",
        result.getTimestamp(),
        result.getStudentId(),
        result.getLatitude(),
        result.getLongitude(),
        result.getExerciseId(),
        result.getScore());
  }
}
