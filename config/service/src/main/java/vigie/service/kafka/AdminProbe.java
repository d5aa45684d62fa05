// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * A {@link ClusterProbe} with connections of its own. The broker that leads a partition is asked
 * for its end, any broker whether Kafka answers at all, and the coordinator for the group.
 */
public final class AdminProbe implements ClusterProbe {

  private static final int TIMEOUT_MILLIS = 3000;

  private final RenewableAdmin admins;

  /**
   * @param admins closed with this
   */
  public AdminProbe(RenewableAdmin admins) {
    this.admins = admins;
  }

  /** Has the client replaced, see {@link RenewableAdmin}. */
  public void renew() {
    admins.renew();
  }

  @Override
  public CompletionStage<ClusterView> view(Query query) {
    CompletableFuture<Boolean> answers =
        known(
                admins
                    .current()
                    .describeCluster(new DescribeClusterOptions().timeoutMs(TIMEOUT_MILLIS))
                    .nodes())
            .thenApply(Optional::isPresent);
    CompletableFuture<Set<String>> members =
        query
            .group()
            .map(this::members)
            .orElseGet(() -> CompletableFuture.completedFuture(Set.of()));
    return partitions(query.topics())
        .thenCompose(
            more -> {
              Set<TopicPartition> all = new HashSet<>(query.partitions());
              all.addAll(more);
              return ends(all);
            })
        .thenCombine(
            answers.thenCombine(members, Overall::new),
            (ends, overall) ->
                new ClusterView(overall.answers(), known(ends), silent(ends), overall.members()));
  }

  private record Overall(boolean answers, Set<String> members) {}

  private static Map<TopicPartition, Long> known(Map<TopicPartition, Optional<Long>> ends) {
    return ends.entrySet().stream()
        .filter(one -> one.getValue().isPresent())
        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().get()));
  }

  private static Set<TopicPartition> silent(Map<TopicPartition, Optional<Long>> ends) {
    return ends.entrySet().stream()
        .filter(one -> one.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private CompletableFuture<List<TopicPartition>> partitions(Set<String> topics) {
    if (topics.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    var options = new DescribeTopicsOptions().timeoutMs(TIMEOUT_MILLIS);
    return known(admins.current().describeTopics(topics, options).allTopicNames())
        .thenApply(
            described ->
                described.stream()
                    .flatMap(all -> all.values().stream())
                    .flatMap(AdminProbe::partitions)
                    .toList());
  }

  private static Stream<TopicPartition> partitions(TopicDescription topic) {
    return topic.partitions().stream()
        .map(partition -> new TopicPartition(topic.name(), partition.partition()));
  }

  /** Nothing for a partition whose leader does not answer. */
  private CompletableFuture<Map<TopicPartition, Optional<Long>>> ends(
      Set<TopicPartition> partitions) {
    ListOffsetsResult asked =
        admins
            .current()
            .listOffsets(
                partitions.stream()
                    .collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest())),
                new ListOffsetsOptions().timeoutMs(TIMEOUT_MILLIS));
    Map<TopicPartition, CompletableFuture<Optional<Long>>> answers = new HashMap<>();
    for (TopicPartition partition : partitions) {
      answers.put(
          partition, known(asked.partitionResult(partition).thenApply(info -> info.offset())));
    }
    return CompletableFuture.allOf(answers.values().toArray(CompletableFuture<?>[]::new))
        .thenApply(
            all ->
                answers.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().join())));
  }

  private CompletableFuture<Set<String>> members(String group) {
    var options = new DescribeConsumerGroupsOptions().timeoutMs(TIMEOUT_MILLIS);
    return known(
            admins
                .current()
                .describeConsumerGroups(List.of(group), options)
                .describedGroups()
                .get(group))
        .thenApply(
            described ->
                described.stream()
                    .flatMap(one -> one.members().stream())
                    .map(MemberDescription::consumerId)
                    .collect(Collectors.toSet()));
  }

  /** Nothing when the answer is a failure: which one changes nothing. */
  private static <T> CompletableFuture<Optional<T>> known(KafkaFuture<T> answer) {
    return answer
        .toCompletionStage()
        .toCompletableFuture()
        .handle((value, failure) -> Optional.ofNullable(value));
  }

  @Override
  public void close() {
    admins.close();
  }
}
