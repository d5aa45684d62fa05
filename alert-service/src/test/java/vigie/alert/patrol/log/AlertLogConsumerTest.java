// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.websockets.next.CloseReason;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import vigie.alert.AlertConfig;
import vigie.alert.AlertConfigs;
import vigie.alert.kafka.ScriptedKafka;
import vigie.alert.patrol.protocol.FrameCodec;
import vigie.alert.patrol.protocol.LogPartition;
import vigie.alert.patrol.protocol.LogTopic;

class AlertLogConsumerTest {

  private static final int ALERTS = new LogPartition(LogTopic.ALERTS, 0).number();

  /** C3 01, a fingerprint that no version has, and whatever follows. */
  private static final byte[] OF_A_NEWER_VERSION = {(byte) 0xC3, 1, 9, 9, 9, 9, 9, 9, 9, 9, 0};

  private final BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
  private final AlertConfig config = AlertConfigs.of(Map.of());
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final AlertLog log = new AlertLog(config, null);
  private final ScriptedKafka kafka = new ScriptedKafka();

  @Test
  void anErrorEndsOneSessionAndEntriesGoOnComing() {
    MockConsumer<byte[], byte[]> failing = consumer(1);
    failing.schedulePollTask(
        () -> {
          throw new AssertionError("deliberate");
        });
    MockConsumer<byte[], byte[]> next = consumer(1);
    next.schedulePollTask(() -> next.addRecord(record(0)));
    kafka.then(failing).then(next);
    AlertLogConsumer tail = tail();
    try {
      await().atMost(20, SECONDS).until(() -> log.lanes() > 0 && next(ALERTS) == 1);
      assertTrue(failing.closed());
      assertTrue(tail.notReadyReason().isEmpty());
    } finally {
      tail.close();
    }
  }

  @Test
  void whereTheLogBecameShorterUnitsAreSentAwayToBeginAnew() {
    MockConsumer<byte[], byte[]> consumer = consumer(8);
    consumer.schedulePollTask(() -> consumer.addRecord(record(7)));
    consumer.schedulePollTask(
        () -> {
          consumer.seek(new TopicPartition(LogTopic.ALERTS.topic(), 0), 0);
          consumer.addRecord(record(0));
        });
    kafka.then(consumer);
    AlertLogConsumer tail = tail();
    try {
      await().atMost(20, SECONDS).until(() -> !ends.isEmpty());
      assertEquals(1012, ends.remove().getCode());
      assertEquals(1, next(ALERTS));
      assertEquals(1, log.life());
    } finally {
      tail.close();
    }
  }

  @Test
  void aRecordOfANewerVersionIsWaitedForAndUnitsAreSentToAnotherInstance() {
    MockConsumer<byte[], byte[]> consumer = consumer(8);
    consumer.schedulePollTask(
        () -> {
          consumer.addRecord(record(7));
          consumer.addRecord(record(8, OF_A_NEWER_VERSION));
          consumer.addRecord(record(9));
        });
    kafka.then(consumer);
    AlertLogConsumer tail = tail();
    try {
      await().atMost(20, SECONDS).until(() -> !ends.isEmpty());
      assertEquals(1013, ends.remove().getCode());
      assertEquals(8, next(ALERTS));
      assertTrue(
          tail.notReadyReason().orElseThrow().startsWith(LogTopic.ALERTS.topic() + "-0 waits"));
    } finally {
      tail.close();
    }
  }

  /** Records only with which reasons units are closed. */
  private record Ended(BlockingQueue<CloseReason> ends) implements LogListener {

    @Override
    public void wake() {}

    @Override
    public void end(CloseReason reason) {
      ends.add(reason);
    }
  }

  private AlertLogConsumer tail() {
    return new AlertLogConsumer(
        kafka,
        new LogEntryDecoder(new FrameCodec(new ObjectMapper()), metrics),
        log,
        new Ended(ends),
        config);
  }

  private long next(int lane) {
    return log.newest().offset(lane);
  }

  /** One partition of each feed; that of alerts ends at {@code end}. */
  private static MockConsumer<byte[], byte[]> consumer(long end) {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    for (LogTopic feed : LogTopic.values()) {
      consumer.updatePartitions(
          feed.topic(), List.of(new PartitionInfo(feed.topic(), 0, null, null, null)));
    }
    Map<TopicPartition, Long> zeros =
        Stream.of(LogTopic.values())
            .collect(Collectors.toMap(feed -> new TopicPartition(feed.topic(), 0), feed -> 0L));
    consumer.updateBeginningOffsets(zeros);
    consumer.updateEndOffsets(zeros);
    consumer.updateEndOffsets(Map.of(new TopicPartition(LogTopic.ALERTS.topic(), 0), end));
    return consumer;
  }

  /** What is no alert moves the log on too. */
  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return record(offset, "no alert".getBytes(UTF_8));
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value) {
    return new ConsumerRecord<>(
        LogTopic.ALERTS.topic(), 0, offset, "student".getBytes(UTF_8), value);
  }
}
