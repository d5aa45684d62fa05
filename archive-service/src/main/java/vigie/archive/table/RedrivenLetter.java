// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import vigie.events.DeadLetterFormat;

/**
 * The place of a dead letter that was sent again, in the partition of the record that it is now.
 *
 * @param epoch which of the partition's logs it was in
 */
public record RedrivenLetter(int epoch, long offset) {

  private static final Pattern PLACE = Pattern.compile("(\\d{1,9}):(\\d{1,18})");

  public static Optional<RedrivenLetter> of(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(DeadLetterFormat.REDRIVEN);
    if (header == null || header.value() == null) {
      return Optional.empty();
    }
    Matcher place = PLACE.matcher(new String(header.value(), UTF_8));
    return place.matches()
        ? Optional.of(
            new RedrivenLetter(Integer.parseInt(place.group(1)), Long.parseLong(place.group(2))))
        : Optional.empty();
  }
}
