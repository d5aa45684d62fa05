// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class DeduplicateByIdTest {

  private static final Timestamp TEN = Timestamp.from(Instant.parse("2026-06-15T10:00:00Z"));
  private static final Timestamp LATER = Timestamp.from(Instant.parse("2026-06-15T10:00:01Z"));

  @Test
  void ofWhatCameTwiceAtOneInstantTheLowerOffsetCountsInWhateverOrderItIsRead() {
    Row first = event(TEN, 7);
    Row second = event(TEN, 8);
    assertEquals(first, firstOf(first, second));
    assertEquals(first, firstOf(second, first));
  }

  @Test
  void theBrokersTimeComesBeforeTheOffsetAndRowsWithoutOneBeforeAllOthers() {
    assertEquals(event(TEN, 8), firstOf(event(LATER, 7), event(TEN, 8)));
    assertEquals(event(null, 9), firstOf(event(TEN, 8), event(null, 9)));
  }

  private static Row firstOf(Row... events) {
    return DeduplicateById.first(CollectionConverters.asScala(List.of(events).iterator()));
  }

  private static Row event(Timestamp appendedAt, long offset) {
    return new GenericRowWithSchema(
        new Object[] {appendedAt, offset},
        StructType.fromDDL("appendedAt TIMESTAMP, kafkaOffset BIGINT"));
  }
}
