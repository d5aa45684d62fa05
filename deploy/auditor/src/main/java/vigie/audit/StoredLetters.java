// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import vigie.events.DeadLetterFormat;

/**
 * The archived dead letters of archive-service, each once and whole, in the order of their logs.
 */
record StoredLetters(Map<Place, Letter> byPlace) {

  /** Where the record was. */
  record Place(String topic, LogNumber log, long offset) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::topic)
            .thenComparing(place -> place.log().partition())
            .thenComparing(place -> place.log().epoch())
            .thenComparing(Place::offset);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * A record that was no event, or none yet.
   *
   * @param key null where the record had none
   * @param parts of the value, by number; none when the value is not kept
   * @param expected how many parts make the value
   */
  record Letter(String reason, ByteBuffer key, Map<Integer, ByteBuffer> parts, int expected) {

    /** Empty when it is not kept, or was forgotten. */
    Optional<byte[]> value() {
      if (parts.size() != expected) {
        return Optional.empty();
      }
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      parts.values().forEach(part -> whole.writeBytes(bytes(part)));
      return Optional.of(whole.toByteArray());
    }

    byte[] keyBytes() {
      return key == null ? null : bytes(key);
    }
  }

  static StoredLetters read(Table table) throws IOException {
    Map<Place, Letter> letters = new TreeMap<>();
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
      for (Record row : rows) {
        String topic = (String) row.getField(DeadLetterFormat.TOPIC);
        Integer partition = (Integer) row.getField(DeadLetterFormat.PARTITION);
        Long offset = (Long) row.getField(DeadLetterFormat.OFFSET);
        Object sender = row.getField(DeadLetterFormat.SENDER);
        if (topic != null
            && partition != null
            && offset != null
            && DeadLetters.isOfArchive(sender)) {
          LogNumber log = new LogNumber(partition, number(row, DeadLetterFormat.EPOCH, 0));
          Letter letter =
              letters.computeIfAbsent(new Place(topic, log, offset), place -> letter(row));
          ByteBuffer value = (ByteBuffer) row.getField("value");
          if (value != null) {
            letter.parts().put(number(row, DeadLetterFormat.PART, 1), value);
          }
        }
      }
    }
    return new StoredLetters(letters);
  }

  private static Letter letter(Record row) {
    return new Letter(
        String.valueOf(row.getField(DeadLetterFormat.REASON)),
        (ByteBuffer) row.getField("key"),
        new TreeMap<>(),
        number(row, DeadLetterFormat.PARTS, 1));
  }

  private static int number(Record row, String column, int missing) {
    Object number = row.getField(column);
    return number == null ? missing : (Integer) number;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
