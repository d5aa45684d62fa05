// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.exam;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The topics that figures are made of. */
final class EventLogs implements AutoCloseable {

  private static final String RESULTS = "vigie.results";
  private static final List<String> TOPICS = List.of(RESULTS, "vigie.alerts", "vigie.activity");

  /** What alert-service judges by; it commits only what its alerts are appended for. */
  private static final String EVALUATION = "alert-judging";

  private final Admin admin;

  EventLogs(Properties settings) {
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
    admin = Admin.create(settings);
  }

  /** Whether each result is judged, and each alert of one appended. */
  boolean areEvaluated() throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> judged =
        admin.listConsumerGroupOffsets(EVALUATION).partitionsToOffsetAndMetadata().get();
    Map<TopicPartition, ListOffsetsResultInfo> starts = offsets(RESULTS, OffsetSpec.earliest());
    return offsets(RESULTS, OffsetSpec.latest()).entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata committed = judged.get(end.getKey());
              long from =
                  committed == null ? starts.get(end.getKey()).offset() : committed.offset();
              return from >= end.getValue().offset();
            });
  }

  /** By the brokers' clock: each event was appended before it, and each later one after it. */
  Instant end() throws ExecutionException, InterruptedException {
    long newest = -1;
    for (String topic : TOPICS) {
      for (ListOffsetsResultInfo record : offsets(topic, OffsetSpec.maxTimestamp()).values()) {
        newest = Math.max(newest, record.timestamp());
      }
    }
    if (newest < 0) {
      throw new IllegalStateException("Kafka holds no event; there is no exam to close");
    }
    return Instant.ofEpochMilli(newest + 1);
  }

  @Override
  public void close() {
    admin.close();
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(String topic, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    TopicDescription description =
        admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    description
        .partitions()
        .forEach(part -> asked.put(new TopicPartition(topic, part.partition()), which));
    return admin.listOffsets(asked).all().get();
  }
}
