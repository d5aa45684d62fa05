// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.sink;

import java.util.Date;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import vigie.events.EventCodec;
import vigie.events.ExerciseResult;
import vigie.events.UndecodableEventException;

/** Lets Kafka Connect read the results as they are in Kafka, at as little cost as it permits. */
public final class ResultConverter implements Converter {

  private static final Schema SCHEMA =
      SchemaBuilder.struct()
          .field("id", Schema.STRING_SCHEMA)
          .field("timestamp", Timestamp.SCHEMA)
          .field("receivedAt", Timestamp.SCHEMA)
          .field("studentId", Schema.STRING_SCHEMA)
          .field("latitude", Schema.FLOAT64_SCHEMA)
          .field("longitude", Schema.FLOAT64_SCHEMA)
          .field("exerciseId", Schema.STRING_SCHEMA)
          .field("score", Schema.FLOAT64_SCHEMA)
          .build();

  private final EventCodec<ExerciseResult> codec = EventCodec.of(ExerciseResult.class);

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {}

  @Override
  public SchemaAndValue toConnectData(String topic, byte[] value) {
    try {
      ExerciseResult result = codec.decode(value);
      return new SchemaAndValue(
          SCHEMA,
          new Struct(SCHEMA)
              .put("id", result.getId().toString())
              .put("timestamp", Date.from(result.getTimestamp()))
              .put("receivedAt", Date.from(result.getReceivedAt()))
              .put("studentId", result.getStudentId())
              .put("latitude", result.getLatitude())
              .put("longitude", result.getLongitude())
              .put("exerciseId", result.getExerciseId())
              .put("score", result.getScore()));
    } catch (UndecodableEventException e) {
      throw new DataException(e);
    }
  }

  @Override
  public byte[] fromConnectData(String topic, Schema schema, Object value) {
    throw new UnsupportedOperationException("A sink only reads");
  }
}
