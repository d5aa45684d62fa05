// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.pipeline;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import vigie.dashboard.pipeline.Pipeline.GroupLag;

/** Asks Kafka how far each consumer group has come; three requests, shared by all who ask. */
@ApplicationScoped
class ConsumerLag {

  private final KafkaAdmin kafka;
  private final Uni<List<GroupLag>> lag;

  ConsumerLag(KafkaAdmin kafka) {
    this.kafka = kafka;
    lag = kafka.shared(this::measure);
  }

  Uni<List<GroupLag>> now() {
    return lag;
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

  private static List<GroupLag> difference(
      Map<String, Map<TopicPartition, OffsetAndMetadata>> positions,
      Map<TopicPartition, Long> ends) {
    return positions.entrySet().stream()
        .flatMap(
            group ->
                group.getValue().entrySet().stream()
                    .filter(position -> position.getValue() != null)
                    .collect(
                        groupingBy(
                            position -> position.getKey().topic(),
                            summingLong(
                                position ->
                                    Math.max(
                                        0,
                                        ends.get(position.getKey())
                                            - position.getValue().offset()))))
                    .entrySet()
                    .stream()
                    .map(topic -> new GroupLag(group.getKey(), topic.getKey(), topic.getValue())))
        .sorted(Comparator.comparing(GroupLag::group).thenComparing(GroupLag::topic))
        .toList();
  }
}
