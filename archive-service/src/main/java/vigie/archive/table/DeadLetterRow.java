// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.iceberg.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import vigie.events.DeadLetterFormat;

/** A dead letter. Whatever its headers are, it is a row: it gets no letter of its own. */
final class DeadLetterRow extends RecordRow {

  private static final List<String> FIELDS =
      List.of(
          DeadLetterTable.TOPIC,
          DeadLetterTable.PARTITION,
          DeadLetterTable.OFFSET,
          DeadLetterTable.REASON,
          DeadLetterTable.KEY,
          DeadLetterTable.VALUE,
          DeadLetterTable.OMITTED_BYTES,
          DeadLetterTable.SENT_AT,
          DeadLetterTable.EPOCH,
          DeadLetterTable.SENDER,
          DeadLetterTable.PART,
          DeadLetterTable.PARTS);

  private ConsumerRecord<byte[], byte[]> letter;

  DeadLetterRow(Schema table) {
    super(table, FIELDS::indexOf);
  }

  @Override
  protected void read(ConsumerRecord<byte[], byte[]> record) {
    letter = record;
  }

  @Override
  protected Object value(int field) {
    return switch (FIELDS.get(field)) {
      case DeadLetterTable.TOPIC -> text(DeadLetterFormat.TOPIC);
      case DeadLetterTable.PARTITION -> number(DeadLetterFormat.PARTITION, Integer::valueOf);
      case DeadLetterTable.OFFSET -> number(DeadLetterFormat.OFFSET, Long::valueOf);
      case DeadLetterTable.REASON -> text(DeadLetterFormat.REASON);
      case DeadLetterTable.KEY -> bytes(letter.key());
      case DeadLetterTable.VALUE -> bytes(letter.value());
      case DeadLetterTable.OMITTED_BYTES -> number(DeadLetterFormat.OMITTED_BYTES, Long::valueOf);
      case DeadLetterTable.SENT_AT -> TimeUnit.MILLISECONDS.toMicros(letter.timestamp());
      case DeadLetterTable.EPOCH -> number(DeadLetterFormat.EPOCH, Integer::valueOf);
      case DeadLetterTable.SENDER -> text(DeadLetterFormat.SENDER);
      case DeadLetterTable.PART -> number(DeadLetterFormat.PART, Integer::valueOf);
      case DeadLetterTable.PARTS -> number(DeadLetterFormat.PARTS, Integer::valueOf);
      default -> throw new IllegalStateException(FIELDS.get(field) + " is no field of a letter");
    };
  }

  private String text(String header) {
    Header last = letter.headers().lastHeader(header);
    return last == null || last.value() == null ? null : new String(last.value(), UTF_8);
  }

  private <N> N number(String header, Function<String, N> parser) {
    String text = text(header);
    try {
      return text == null ? null : parser.apply(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static ByteBuffer bytes(byte[] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }
}
