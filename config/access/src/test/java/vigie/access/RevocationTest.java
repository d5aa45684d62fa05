// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.access.Revocation.Kind;

class RevocationTest {

  private static final Instant NINE = Instant.parse("2026-06-15T09:00:00Z");

  @Test
  void aKeySaysWhatIsRevoked() {
    for (Kind kind : Kind.values()) {
      Revocation revocation = new Revocation(kind, "a:b c/é");
      assertEquals(Optional.of(revocation), Revocation.of(revocation.key()));
    }
  }

  @Test
  void whatIsNoKeyRevokesNothing() {
    for (String key : new String[] {"", "token", "token:", "subject:", ":x", "Token:x", "user:x"}) {
      assertEquals(Optional.empty(), Revocation.of(key), key);
    }
  }

  /** A subject's token, issued a minute before all of it is revoked, and one a minute later. */
  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT1H", "P1D"})
  void tokensOfAnIssuerWhoseClockIsAheadAreRevokedToo(Duration ahead) {
    long issuers = NINE.plus(ahead).getEpochSecond();
    long until = Revocation.until(consumed(Optional.of(NINE.plus(ahead)), NINE));
    assertTrue(issuers - 60 <= until);
    assertTrue(issuers + 60 > until);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1H", "P-1D"})
  void anIssuerWhoseClockIsBehindRevokesUntilTheBrokersTime(Duration ahead) {
    assertEquals(
        NINE.getEpochSecond(), Revocation.until(consumed(Optional.of(NINE.plus(ahead)), NINE)));
  }

  @Test
  void aRecordWithoutTheIssuersTimeRevokesUntilTheBrokers() {
    assertEquals(NINE.getEpochSecond(), Revocation.until(consumed(Optional.empty(), NINE)));
    ConsumerRecord<String, String> odd = consumed(Optional.empty(), NINE);
    odd.headers().add("issuers-time", "soon".getBytes(UTF_8));
    assertEquals(NINE.getEpochSecond(), Revocation.until(odd));
    odd.headers().add("issuers-time", null);
    assertEquals(NINE.getEpochSecond(), Revocation.until(odd));
  }

  /** The record as Kafka gives it back. */
  private static ConsumerRecord<String, String> consumed(
      Optional<Instant> issuers, Instant appended) {
    Headers headers =
        issuers
            .map(now -> new Revocation(Kind.SUBJECT, "unit-1").record("lost", now).headers())
            .orElseGet(RecordHeaders::new);
    return new ConsumerRecord<>(
        Revocation.TOPIC,
        0,
        0,
        appended.toEpochMilli(),
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        "subject:unit-1",
        "lost",
        headers,
        Optional.empty());
  }
}
