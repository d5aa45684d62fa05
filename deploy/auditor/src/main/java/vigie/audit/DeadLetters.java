// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.roaringbitmap.longlong.Roaring64Bitmap;
import vigie.events.DeadLetterFormat;
import vigie.warehouse.ArchivedOffsets;

/**
 * Which offsets of which partitions are kept as dead letters, whether archived or still in Kafka.
 */
final class DeadLetters {

  private final Map<TopicPartition, Roaring64Bitmap> offsets = new HashMap<>();

  /** The table first: what is not in it was in Kafka beforehand, and still is. */
  static DeadLetters read(Optional<Table> table, KafkaLogs kafka)
      throws IOException, InterruptedException {
    DeadLetters letters = new DeadLetters();
    String topic = ArchivedTopic.DEAD_LETTERS.topic();
    Map<Integer, Long> notArchived = kafka.starts(topic);
    if (table.isPresent()) {
      letters.addRows(table.get());
      notArchived.replaceAll(
          (partition, start) ->
              Math.max(
                  start,
                  ArchivedOffsets.nextIn(table.get().properties(), partition).orElse(start)));
    }
    kafka.read(topic, notArchived, letters::add);
    return letters;
  }

  /** Not to be changed. */
  Roaring64Bitmap of(String topic, int partition) {
    return offsets.getOrDefault(new TopicPartition(topic, partition), new Roaring64Bitmap());
  }

  void add(String topic, int partition, long offset) {
    offsets
        .computeIfAbsent(new TopicPartition(topic, partition), key -> new Roaring64Bitmap())
        .addLong(offset);
  }

  private void addRows(Table table) throws IOException {
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table)
            .select(DeadLetterFormat.TOPIC, DeadLetterFormat.PARTITION, DeadLetterFormat.OFFSET)
            .build()) {
      for (Record row : rows) {
        String topic = (String) row.getField(DeadLetterFormat.TOPIC);
        Integer partition = (Integer) row.getField(DeadLetterFormat.PARTITION);
        Long offset = (Long) row.getField(DeadLetterFormat.OFFSET);
        if (topic != null && partition != null && offset != null) {
          add(topic, partition, offset);
        }
      }
    }
  }

  /** A letter that does not say where it comes from accounts for nothing. */
  private void add(ConsumerRecord<byte[], byte[]> letter) {
    String topic = text(letter, DeadLetterFormat.TOPIC);
    String partition = text(letter, DeadLetterFormat.PARTITION);
    String offset = text(letter, DeadLetterFormat.OFFSET);
    if (partition.matches("\\d{1,9}") && offset.matches("\\d{1,18}")) {
      add(topic, Integer.parseInt(partition), Long.parseLong(offset));
    }
  }

  private static String text(ConsumerRecord<byte[], byte[]> letter, String header) {
    Header last = letter.headers().lastHeader(header);
    return last == null || last.value() == null ? "" : new String(last.value(), UTF_8);
  }
}
