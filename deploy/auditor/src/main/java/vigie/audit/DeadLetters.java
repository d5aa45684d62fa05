// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.roaringbitmap.longlong.Roaring64Bitmap;
import vigie.events.DeadLetterFormat;
import vigie.warehouse.ArchivedOffsets;

/**
 * The offsets of each log that are kept as dead letters of the archive, whether archived themselves
 * or still in Kafka. Letters of other services stand for no row.
 */
final class DeadLetters {

  private record TopicLog(String topic, LogNumber log) {}

  private final Map<TopicLog, Roaring64Bitmap> offsets = new HashMap<>();

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
  Roaring64Bitmap of(String topic, LogNumber log) {
    return offsets.getOrDefault(new TopicLog(topic, log), new Roaring64Bitmap());
  }

  void add(String topic, LogNumber log, long offset) {
    offsets.computeIfAbsent(new TopicLog(topic, log), key -> new Roaring64Bitmap()).addLong(offset);
  }

  private void addRows(Table table) throws IOException {
    List<String> columns =
        new ArrayList<>(
            List.of(DeadLetterFormat.TOPIC, DeadLetterFormat.PARTITION, DeadLetterFormat.OFFSET));
    boolean namesSenders = table.schema().findField(DeadLetterFormat.SENDER) != null;
    if (namesSenders) {
      columns.addAll(List.of(DeadLetterFormat.SENDER, DeadLetterFormat.EPOCH));
    }
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).select(columns).build()) {
      for (Record row : rows) {
        String topic = (String) row.getField(DeadLetterFormat.TOPIC);
        Integer partition = (Integer) row.getField(DeadLetterFormat.PARTITION);
        Long offset = (Long) row.getField(DeadLetterFormat.OFFSET);
        Object sender = namesSenders ? row.getField(DeadLetterFormat.SENDER) : null;
        Object epoch = namesSenders ? row.getField(DeadLetterFormat.EPOCH) : null;
        if (topic != null && partition != null && offset != null && isOfArchive(sender)) {
          add(topic, new LogNumber(partition, epoch == null ? 0 : (Integer) epoch), offset);
        }
      }
    }
  }

  /** A letter that does not say where it comes from accounts for nothing. */
  void add(ConsumerRecord<byte[], byte[]> letter) {
    String topic = text(letter, DeadLetterFormat.TOPIC, "");
    String partition = text(letter, DeadLetterFormat.PARTITION, "");
    String offset = text(letter, DeadLetterFormat.OFFSET, "");
    String epoch = text(letter, DeadLetterFormat.EPOCH, "0");
    if (partition.matches("\\d{1,9}")
        && offset.matches("\\d{1,18}")
        && epoch.matches("\\d{1,9}")
        && isOfArchive(text(letter, DeadLetterFormat.SENDER, null))) {
      LogNumber log = new LogNumber(Integer.parseInt(partition), Integer.parseInt(epoch));
      add(topic, log, Long.parseLong(offset));
    }
  }

  /** No letter of before names its sender. */
  static boolean isOfArchive(Object sender) {
    return sender == null || sender.equals(DeadLetterFormat.ARCHIVE);
  }

  private static String text(ConsumerRecord<byte[], byte[]> letter, String header, String missing) {
    Header last = letter.headers().lastHeader(header);
    return last == null || last.value() == null ? missing : new String(last.value(), UTF_8);
  }
}
