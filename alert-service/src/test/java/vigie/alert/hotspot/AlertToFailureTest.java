// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vigie.events.Alert;

/** The test driver has one time for all parts of the topology; so each part is asked here. */
class AlertToFailureTest {

  private static final Instant NINE = Instant.parse("2026-06-15T09:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PT0S, PT0S,  PT0S,  PT0S,  PT0S",
    "PT-1H,PT0S,  PT0S,  PT-1H, PT-1H",
    "P365D,PT0S,  PT0S,  PT0S,  PT0S",
    "P365D,P1D,   PT0S,  PT0S,  PT0S",
    "P365D,P-1D,  PT0S,  PT0S,  P-1D",
    "P365D,PT0S,  P1D,   P1D,   PT0S",
    "P365D,PT0S,  P-1D,  P-1D,  P-1D",
    "PT0S, P1D,   PT0S,  PT0S,  PT0S",
    "PT0S, P-1D,  PT0S,  PT0S,  P-1D",
    "PT0S, PT0S,  P1D,   PT0S,  PT0S",
  })
  void noFastClockMovesTheTimeOfTheStreamAndNoJudgeTheFailure(
      Duration laptop, Duration judge, Duration broker, Duration failure, Duration stream) {
    Alert alert =
        Alert.newBuilder(Alerts.of("c-pointers", "a", NINE.plus(laptop)))
            .setRaisedAt(NINE.plus(judge))
            .build();
    MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    AlertToFailure byPlace = new AlertToFailure(7);
    byPlace.init(context);
    byPlace.process(new Record<>(new byte[0], alert, extracted(alert, NINE.plus(broker))));

    Record<? extends byte[], ? extends byte[]> forwarded = context.forwarded().get(0).record();
    assertEquals(NINE.plus(stream), Instant.ofEpochMilli(forwarded.timestamp()));
    assertEquals(
        NINE.plus(failure), Instant.ofEpochMilli(FailureSet.span(forwarded.value()).first()));
  }

  private static long extracted(Alert alert, Instant appended) {
    return new OccurredAtExtractor()
        .extract(
            new ConsumerRecord<>(
                "vigie.alerts",
                0,
                0,
                appended.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                new byte[0],
                alert,
                new RecordHeaders(),
                Optional.empty()),
            0);
  }
}
