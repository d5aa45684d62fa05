// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class BrokerClockTest {

  private static final Instant TEN = Instant.parse("2026-11-30T10:00:00Z");
  private static final TopicPartition PARTITION = new TopicPartition("vigie.results", 0);

  private Instant local = TEN;
  private final BrokerClock clock = new BrokerClock(() -> local);

  @Test
  void withoutARecordTheLocalClockCounts() {
    clock.sawEnds(Map.of(PARTITION, 10L));
    assertEquals(TEN, clock.now());
  }

  @Test
  void aLocalClockThatIsAnHourAheadIsCorrectedByTheNextRecord() {
    local = TEN.plus(Duration.ofHours(1));
    clock.sawEnds(Map.of(PARTITION, 10L));
    receive(10, TEN.minusMillis(3));
    clock.sawEnds(Map.of(PARTITION, 11L));
    assertEquals(TEN.minusMillis(3), clock.now());
  }

  @Test
  void aLocalClockThatIsBehindIsCorrectedToo() {
    local = TEN.minusSeconds(60);
    clock.sawEnds(Map.of(PARTITION, 10L));
    receive(10, TEN.minusMillis(3));
    clock.sawEnds(Map.of(PARTITION, 11L));
    assertEquals(TEN.minusMillis(3), clock.now());
  }

  /** Else an exam that is idle after a backlog would be late by the age of its last record. */
  @Test
  void aRecordThatWaitedInTheLogTellsNothing() {
    receive(8, TEN.minus(Duration.ofHours(3)));
    clock.sawEnds(Map.of(PARTITION, 10L));
    receive(9, TEN.minus(Duration.ofHours(3)));
    clock.sawEnds(Map.of(PARTITION, 10L));
    assertEquals(TEN, clock.now());
  }

  @Test
  void theQuickestRecordOfAnIntervalCountsAndALaterIntervalReplacesIt() {
    clock.sawEnds(Map.of(PARTITION, 10L));
    receive(10, TEN.minusSeconds(4));
    receive(11, TEN.minusSeconds(1));
    receive(12, TEN.minusSeconds(3));
    clock.sawEnds(Map.of(PARTITION, 13L));
    assertEquals(TEN.minusSeconds(1), clock.now());
    clock.sawEnds(Map.of(PARTITION, 13L));
    assertEquals(TEN.minusSeconds(1), clock.now(), "an idle interval changes nothing");
    receive(13, TEN.minusSeconds(2));
    clock.sawEnds(Map.of(PARTITION, 14L));
    assertEquals(TEN.minusSeconds(2), clock.now());
  }

  private void receive(long offset, Instant appended) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            PARTITION.topic(),
            PARTITION.partition(),
            offset,
            appended.toEpochMilli(),
            TimestampType.LOG_APPEND_TIME,
            0,
            0,
            null,
            new byte[0],
            new RecordHeaders(),
            Optional.empty());
    clock.received(new ConsumerRecords<>(Map.of(PARTITION, List.of(record)), Map.of()));
  }
}
