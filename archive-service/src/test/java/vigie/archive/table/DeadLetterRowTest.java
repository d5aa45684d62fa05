// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import vigie.events.DeadLetter;

class DeadLetterRowTest {

  private static final Schema COLUMNS = new DeadLetterTable().columns();

  @Test
  void aLetterIsARowOfItsHeadersAndItsBytes() throws Exception {
    RecordHeaders headers = new RecordHeaders();
    headers.add("topic", "vigie.results".getBytes(UTF_8));
    headers.add("partition", "3".getBytes(UTF_8));
    headers.add("offset", "17".getBytes(UTF_8));
    headers.add("reason", "no event".getBytes(UTF_8));
    headers.add("epoch", "1".getBytes(UTF_8));
    headers.add("sender", "archive-service".getBytes(UTF_8));
    headers.add("part", "2".getBytes(UTF_8));
    headers.add("parts", "3".getBytes(UTF_8));
    headers.add("omitted-bytes", "2000000".getBytes(UTF_8));
    assertEquals(
        Arrays.asList(
            "vigie.results",
            3,
            17L,
            "no event",
            ByteBuffer.wrap(new byte[] {7}),
            ByteBuffer.wrap(new byte[] {1, 2}),
            2_000_000L,
            1_000_000L,
            5,
            42L,
            0,
            1,
            "archive-service",
            2,
            3,
            1_000_000L),
        row(headers, new byte[] {7}, new byte[] {1, 2}));
  }

  @Test
  void aLetterThatLacksEverythingIsARowAllTheSame() throws Exception {
    RecordHeaders headers = new RecordHeaders();
    headers.add("topic", null);
    headers.add("partition", "three".getBytes(UTF_8));
    headers.add("offset", new byte[0]);
    assertEquals(
        Arrays.asList(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            1_000_000L,
            5,
            42L,
            0,
            null,
            null,
            null,
            null,
            1_000_000L),
        row(headers, null, null));
  }

  private static List<Object> row(RecordHeaders headers, byte[] key, byte[] value)
      throws Exception {
    RecordRow row =
        new DeadLetterTable()
            .row(COLUMNS)
            .at(
                new ConsumerRecord<>(
                    DeadLetter.TOPIC,
                    5,
                    42,
                    1_000,
                    TimestampType.LOG_APPEND_TIME,
                    ConsumerRecord.NULL_SIZE,
                    ConsumerRecord.NULL_SIZE,
                    key,
                    value,
                    headers,
                    Optional.empty()),
                0);
    Object[] values = new Object[row.size()];
    List<Types.NestedField> columns = COLUMNS.columns();
    for (int column = 0; column < values.length; column++) {
      values[column] = row.get(column, columns.get(column).type().typeId().javaClass());
    }
    return Arrays.asList(values);
  }
}
