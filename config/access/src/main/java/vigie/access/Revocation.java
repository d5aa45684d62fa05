// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What is revoked: one token, all that a subject has been given so far, or all that a key signs.
 * Its record in {@link #TOPIC} has {@link #key} as key, a reason for people as value, the broker's
 * time as time, and that of the issuer in a header.
 *
 * @param name the token's id, the subject, or the key's
 */
public record Revocation(Kind kind, String name) {

  /** Compacted: the newest record of each key is kept for ever. */
  public static final String TOPIC = "vigie.revocations";

  private static final char SEPARATOR = ':';

  /** Seconds since 1970, as decimal text. */
  private static final String ISSUERS_TIME = "issuers-time";

  /** What a revocation names. */
  public enum Kind {
    /** By its id, the claim {@code jti}. */
    TOKEN,
    /** By the claim {@code sub}. */
    SUBJECT,
    /** All that one key of the issuer has signed, by the key's name, {@code kid}. */
    KEY
  }

  /** Such as {@code token:6f1c} and {@code subject:unit-1}. */
  public String key() {
    return kind.name().toLowerCase(Locale.ROOT) + SEPARATOR + name;
  }

  /**
   * The record that revokes.
   *
   * @param now by the clock of the issuer, whose tokens tell when they were issued
   */
  public ProducerRecord<String, String> record(String reason, Instant now) {
    ProducerRecord<String, String> record = new ProducerRecord<>(TOPIC, key(), reason);
    record.headers().add(ISSUERS_TIME, Long.toString(now.getEpochSecond()).getBytes(US_ASCII));
    return record;
  }

  /**
   * Until when tokens were issued that {@code record} revokes, in seconds since 1970: until the
   * broker's time, or the issuer's if that is later. The clock of an issuer may be ahead, and then
   * its tokens are, too. A header that says nothing keeps no revocation from counting.
   */
  static long until(ConsumerRecord<?, ?> record) {
    long broker = Instant.ofEpochMilli(record.timestamp()).getEpochSecond();
    Header header = record.headers().lastHeader(ISSUERS_TIME);
    if (header == null || header.value() == null) {
      return broker;
    }
    try {
      return Math.max(broker, Long.parseLong(new String(header.value(), US_ASCII)));
    } catch (NumberFormatException e) {
      return broker;
    }
  }

  /** What a key says; empty when it names nothing that can be revoked. */
  static Optional<Revocation> of(String key) {
    for (Kind kind : Kind.values()) {
      String start = new Revocation(kind, "").key();
      if (key.length() > start.length() && key.startsWith(start)) {
        return Optional.of(new Revocation(kind, key.substring(start.length())));
      }
    }
    return Optional.empty();
  }
}
