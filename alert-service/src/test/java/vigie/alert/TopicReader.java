// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert;

import static java.util.stream.Collectors.toList;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import vigie.events.Alert;
import vigie.events.EventCodec;
import vigie.events.UndecodableEventException;
import vigie.stack.kafka.KafkaNode;

/** All records that a topic gets after this was made. */
public final class TopicReader implements AutoCloseable {

  private static final EventCodec<Alert> ALERTS = EventCodec.of(Alert.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

  public TopicReader(KafkaNode kafka, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /** All records that are there now. */
  public List<ConsumerRecord<byte[], byte[]>> recordsNow() {
    consumer.poll(POLL).forEach(records::add);
    return List.copyOf(records);
  }

  /** The alerts of {@code exercise}, as soon as there are {@code count}. */
  public List<Alert> alerts(String exercise, int count) {
    return await(list -> list.size() >= count, exercise);
  }

  /** The alerts of {@code exercise} that are there now. */
  public List<Alert> alertsNow(String exercise) {
    return recordsNow().stream()
        .map(TopicReader::alert)
        .filter(alert -> alert.getExerciseId().equals(exercise))
        .collect(toList());
  }

  /** The first record that is as wanted. */
  public ConsumerRecord<byte[], byte[]> record(Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      consumer.poll(POLL).forEach(records::add);
      var found = records.stream().filter(wanted).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new AssertionError("Not among %d records".formatted(records.size()));
  }

  private List<Alert> await(Predicate<List<Alert>> enough, String exercise) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<Alert> alerts = alertsNow(exercise);
    while (!enough.test(alerts)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Only %d alerts of %s".formatted(alerts.size(), exercise));
      }
      alerts = alertsNow(exercise);
    }
    return alerts;
  }

  private static Alert alert(ConsumerRecord<byte[], byte[]> record) {
    try {
      return ALERTS.decode(record.value());
    } catch (UndecodableEventException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
