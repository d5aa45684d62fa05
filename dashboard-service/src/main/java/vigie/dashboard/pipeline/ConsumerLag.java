// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.pipeline;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import vigie.dashboard.DashboardConfig;
import vigie.dashboard.figures.EvaluationProgress;
import vigie.dashboard.pipeline.Pipeline.GroupLag;

/**
 * Asks Kafka how far each consumer group has come; three requests, shared by all who ask. It asks
 * at intervals without a viewer too, so that it knows since when a group is behind.
 */
@ApplicationScoped
class ConsumerLag implements EvaluationProgress {

  /** Of alert-service, which commits a result after Kafka has acknowledged its alert. */
  private static final String EVALUATION = "alert-judging";

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private record Reading(String group, String topic) {}

  private final KafkaAdmin kafka;
  private final Duration lateAfter;
  private final Uni<List<GroupLag>> lag;
  private final Map<Reading, CatchUp> catchUps = new HashMap<>();
  private volatile Cancellable watching = () -> {};
  private volatile Instant lateUntil = Instant.MIN;

  ConsumerLag(KafkaAdmin kafka, DashboardConfig config) {
    this.kafka = kafka;
    lateAfter = config.lateAfter();
    lag = kafka.shared(this::measure);
  }

  void start(@Observes StartupEvent event) {
    watching =
        Multi.createFrom()
            .ticks()
            .every(INTERVAL)
            .onOverflow()
            .drop()
            .onItem()
            .transformToUniAndConcatenate(tick -> lag.onFailure().recoverWithNull())
            .subscribe()
            .with(measured -> {});
  }

  void stop(@Observes ShutdownEvent event) {
    watching.cancel();
  }

  Uni<List<GroupLag>> now() {
    return lag;
  }

  @Override
  public Instant lateUntil() {
    return lateUntil;
  }

  private Uni<List<GroupLag>> measure() {
    return kafka
        .ask(admin -> admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())
        .flatMap(groups -> kafka.ask(admin -> positions(admin, groups)))
        .flatMap(
            positions ->
                kafka
                    .ends(
                        positions.values().stream()
                            .flatMap(group -> group.keySet().stream())
                            .collect(toSet()))
                    .map(ends -> difference(positions, ends)));
  }

  private static KafkaFuture<Map<String, Map<TopicPartition, OffsetAndMetadata>>> positions(
      Admin admin, Collection<GroupListing> groups) {
    return admin
        .listConsumerGroupOffsets(
            groups.stream()
                .collect(toMap(GroupListing::groupId, group -> new ListConsumerGroupOffsetsSpec())))
        .all();
  }

  /** Synchronized, since a measurement that timed out may still end beside the next one. */
  private synchronized List<GroupLag> difference(
      Map<String, Map<TopicPartition, OffsetAndMetadata>> positions,
      Map<TopicPartition, Long> ends) {
    Instant now = Instant.now();
    Set<Reading> readings = new HashSet<>();
    List<GroupLag> groups = new ArrayList<>();
    positions.forEach(
        (group, committed) ->
            byTopic(committed)
                .forEach(
                    (topic, offsets) -> {
                      Reading reading = new Reading(group, topic);
                      readings.add(reading);
                      groups.add(lag(reading, offsets, ends, now));
                    }));
    catchUps.keySet().retainAll(readings);
    groups.sort(Comparator.comparing(GroupLag::group).thenComparing(GroupLag::topic));
    if (groups.stream().anyMatch(group -> group.group().equals(EVALUATION) && group.late())) {
      lateUntil = Instant.MAX;
    } else if (lateUntil.equals(Instant.MAX)) {
      lateUntil = now;
    }
    return List.copyOf(groups);
  }

  private static Map<String, Map<TopicPartition, Long>> byTopic(
      Map<TopicPartition, OffsetAndMetadata> committed) {
    return committed.entrySet().stream()
        .filter(position -> position.getValue() != null)
        .collect(
            groupingBy(
                position -> position.getKey().topic(),
                toMap(Map.Entry::getKey, position -> position.getValue().offset())));
  }

  private GroupLag lag(
      Reading reading,
      Map<TopicPartition, Long> offsets,
      Map<TopicPartition, Long> ends,
      Instant now) {
    Map<TopicPartition, Long> own =
        offsets.keySet().stream().collect(toMap(partition -> partition, ends::get));
    long records =
        own.entrySet().stream()
            .mapToLong(end -> Math.max(0, end.getValue() - offsets.get(end.getKey())))
            .sum();
    Duration behind =
        catchUps.computeIfAbsent(reading, first -> new CatchUp()).behind(offsets, own, now);
    return new GroupLag(reading.group(), reading.topic(), records, behind.compareTo(lateAfter) > 0);
  }
}
